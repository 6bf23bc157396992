"""Subjects that are made of names and values: `organization:acme:project:web`."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from iamviz.graph.subjects.patterns import WILDCARDS, is_anything

_HEADS, _TAGS = "refs/heads/", "refs/tags/"


def fields_of(pattern: str, separator: str = ":") -> Mapping[str, str]:
    """The values by name. A `*` at the end covers the fields that are not there any more."""
    parts = pattern.split(separator)
    return dict(list(pairwise(parts))[::2])


def has_wildcards(text: str) -> bool:
    return any(mark in text for mark in WILDCARDS)


def joined(whom: str, what: str) -> str:
    return f"{whom}, {what}" if what else whom


def ref_words(ref: str) -> str:
    """A Git reference: "branch main", "any tag", "any branch or tag"."""
    for prefix, noun in ((_HEADS, "branch"), (_TAGS, "tag")):
        if ref.startswith(prefix):
            name = ref.removeprefix(prefix)
            return f"any {noun}" if is_anything(name) else f"{noun} {name}"
    return "any branch or tag" if is_anything(ref.removeprefix("refs/")) else f"ref {ref}"
