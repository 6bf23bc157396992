"""What the name of an action alone says of a request: its service, and what AWS publishes of it."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from iamviz.policy.catalogue import catalogue

_LONGEST_KEPT = 128
"""AWS's actions are shorter; a longer name is a request's way to fill the memory."""


class Verb(Struct, frozen=True):
    """`service` in lower case; `takes_no_resource`: `*` is the only resource of a request."""

    service: str
    takes_no_resource: bool
    is_under_rcp: bool


def verb_of(action: str) -> Verb:
    return _remembered(action) if len(action) <= _LONGEST_KEPT else _read(action)


def _read(action: str) -> Verb:
    service = action.partition(":")[0].lower()
    return Verb(service, catalogue().takes_no_resource(action), catalogue().is_rcp_service(service))


# Pure, so remembering changes nothing but time.
_remembered = lru_cache(maxsize=4_096)(_read)
