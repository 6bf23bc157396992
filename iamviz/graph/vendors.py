"""Vendors whose AWS accounts are publicly documented: a foreign account by the name that a person knows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import msgspec

FILE = Path(__file__).with_name("vendors.json")


class Vendor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`source` is the vendor's own page that names the accounts."""

    name: str
    source: str
    accounts: tuple[str, ...]


class VendorList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`date` is when the pages were read."""

    date: str
    licence: str
    vendors: tuple[Vendor, ...]


@lru_cache(maxsize=1)
def vendor_list() -> VendorList:
    """The list that is shipped."""
    return msgspec.json.decode(FILE.read_bytes(), type=VendorList)


def vendor_of(account: str) -> Vendor | None:
    """Whose account it is, where the list tells."""
    return _by_account().get(account)


def foreign_name(account: str) -> str:
    """What a foreign account is called: "Datadog (464622532012)", or its id."""
    vendor = vendor_of(account)
    return f"{vendor.name} ({account})" if vendor else account


@lru_cache(maxsize=1)
def _by_account() -> Mapping[str, Vendor]:
    return {account: vendor for vendor in vendor_list().vendors for account in vendor.accounts}
