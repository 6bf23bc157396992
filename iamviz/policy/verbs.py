"""What the name of an action alone says of a request: its service, and what AWS publishes of it."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from iamviz.policy.catalogue import catalogue

_LONGEST_KEPT = 128
"""AWS's actions are shorter; a longer name is a request's way to fill the memory."""


BY_OWN_RULES = frozenset({"iam", "kms", "sts"})


class Verb(Struct, frozen=True):
    """`name` and `service` in lower case; `takes_no_resource`: `*` is the only resource of a request.

    `is_by_own_rules`: the service decides some requests otherwise than the rest of AWS does.
    """

    name: str
    service: str
    takes_no_resource: bool
    is_under_rcp: bool
    is_by_own_rules: bool


def verb_of(action: str) -> Verb:
    return _remembered(action) if len(action) <= _LONGEST_KEPT else _read(action)


def _read(action: str) -> Verb:
    name = action.lower()
    service = name.partition(":")[0]
    known = catalogue()
    return Verb(name, service, known.takes_no_resource(name), known.is_rcp_service(service), service in BY_OWN_RULES)


# Pure, so remembering changes nothing but time.
_remembered = lru_cache(maxsize=4_096)(_read)
