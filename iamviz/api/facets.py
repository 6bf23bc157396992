"""Filters, order and facet counts of the list of identities: each facet is one grouped query."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from iamviz.snapshots.models import IdentityRow

MOST_WORDS = 10

_USERS = Q(kind="user")
_MFA = {"yes": Q(mfa=True), "no": Q(mfa=False), "unknown": _USERS & Q(mfa__isnull=True)}
_KEYS = {
    "none": _USERS & Q(active_keys=0),
    "active": Q(active_keys__gt=0),
    "unknown": _USERS & Q(active_keys__isnull=True),
}
_OLDER = 365


def filtered(rows: QuerySet[IdentityRow], question: Mapping[str, Any], *, but: str = "") -> QuerySet[IdentityRow]:
    """The rows that pass every filter, except the one called `but`."""
    for name, condition in FILTERS.items():
        if name != but and question[name] not in (None, "", []):
            rows = rows.filter(condition(question[name]))
    return rows


def ordered(rows: QuerySet[IdentityRow], question: Mapping[str, Any]) -> QuerySet[IdentityRow]:
    """In the order that was asked for, what is not known last, equal ones by name and ARN."""
    wish = question["ordering"]
    column = F(wish.removeprefix("-"))
    first = column.desc(nulls_last=True) if wish.startswith("-") else column.asc(nulls_last=True)
    return rows.order_by(first, "name", "arn")


def count_facets(rows: QuerySet[IdentityRow], question: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """How many have each value; a facet leaves its own filter out, so that it shows what else could be chosen."""
    counts = {
        name: filtered(rows, question, but=name).order_by().values_list(name).annotate(n=Count("pk"))
        for name in ("kind", "account", "admin", "external")
    }
    accounts = sorted(counts["account"], key=lambda each: (-each[1], each[0]))
    return {
        "kind": dict(counts["kind"]),
        "account": [{"value": value, "label": names.get(value) or value, "count": n} for value, n in accounts],
        "admin": dict(counts["admin"]),
        "external": {str(value).lower(): n for value, n in counts["external"]},
        "mfa": _mfa_counts(rows, question),
    }


def _mfa_counts(rows: QuerySet[IdentityRow], question: Mapping[str, Any]) -> dict[str, int]:
    users = filtered(rows, question, but="mfa").filter(_USERS)
    words = {True: "yes", False: "no", None: "unknown"}
    return {words[value]: n for value, n in users.order_by().values_list("mfa").annotate(n=Count("pk"))}


def _any(conditions: Mapping[str, Q]) -> Callable[[Sequence[str]], Q]:
    def either(values: Sequence[str]) -> Q:
        found = Q()
        for value in values:
            found |= conditions[value]
        return found

    return either


def _used(values: Sequence[str]) -> Q:
    now = timezone.now()
    found = Q()
    for value in values:
        if value == "never":
            found |= Q(last_used__isnull=True)
        elif value == "older":
            found |= Q(last_used__lt=now - timedelta(days=_OLDER))
        else:
            found |= Q(last_used__gte=now - timedelta(days=int(value)))
    return found


def _words(text: str) -> Q:
    found = Q()
    for word in text.lower().split()[:MOST_WORDS]:
        found &= Q(search__contains=word)
    return found


FILTERS: Mapping[str, Callable[[Any], Q]] = {
    "kind": lambda kinds: Q(kind__in=kinds),
    "account": lambda accounts: Q(account__in=accounts),
    "admin": lambda powers: Q(admin__in=powers),
    "external": lambda external: Q(external=external),
    "search": _words,
    "mfa": _any(_MFA),
    "keys": _any(_KEYS),
    "used": _used,
}
