"""How powerful an identity is that is no admin, by the access levels of the actions that it may take somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from iamviz.inventory.action_sets import NONE, Coverage, action_space, covered
from iamviz.policy.document import Document, Statement
from iamviz.policy.layers import Layer, Layers
from iamviz.policy.resources import EVERYTHING

Lesser = Literal["iam-write", "data-write", "data-read", "limited"]

WRITING = ("Write", "Permissions management", "Tagging")
IDENTITY_SERVICES = ("iam", "sts")
"""Services that hold no data."""
_OWN_NAME = "${aws:username}"


class Powers:
    """Answers what somebody may do at most; what a document covers is worked out once."""

    def __init__(self) -> None:
        self._coverage = Coverage()
        space = action_space()
        identity = NONE
        for service in IDENTITY_SERVICES:
            identity |= space.services[service]
        self._iam_write = space.of_level(*WRITING) & space.services["iam"]
        self._data_write = space.of_level(*WRITING) & ~identity
        self._data_read = space.of_level("Read") & ~identity

    def power(self, layers: Layers) -> Lesser:
        """By the layers of the caller; conditions are taken as met."""
        actions = self._effective(layers)
        if self._writes_iam(layers, actions):
            return "iam-write"
        if actions & self._data_write:
            return "data-write"
        return "data-read" if actions & self._data_read else "limited"

    def _writes_iam(self, layers: Layers, actions: int) -> bool:
        """Whether it writes more in IAM than what is its own: its password, its keys."""
        writing = actions & self._iam_write
        return bool(writing) and any(
            covered(statement) & writing and not _is_own_affair(statement)
            for document in _documents(layers.identity)
            for statement in document.statements
            if statement.effect == "Allow"
        )

    def _effective(self, layers: Layers) -> int:
        actions = self._coverage.allowed(layers.identity) & ~_denied(layers.identity)
        guards = layers.scps if layers.boundaries is None else (layers.boundaries, *layers.scps)
        for layer in guards:
            if not layer.unknown:
                actions &= self._coverage.allowed(layer)
            actions &= ~_denied(layer)
        return actions


def _is_own_affair(statement: Statement) -> bool:
    return bool(statement.resources) and all(_OWN_NAME in each for each in statement.resources or ())


def _denied(layer: Layer) -> int:
    """What is denied everywhere, whatever the circumstances."""
    found = NONE
    for document in _documents(layer):
        for statement in document.statements:
            if statement.effect == "Deny" and not statement.conditions and EVERYTHING in (statement.resources or ()):
                found |= covered(statement)
    return found


def _documents(layer: Layer) -> Iterator[Document]:
    return (policy.compiled.document for policy in layer.policies if policy.compiled is not None)
