"""The demo organization as one zip file, in the formats that users upload; the same on every run."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta

from iamviz.snapshots.demo.baseline import baseline
from iamviz.snapshots.demo.chains import chains
from iamviz.snapshots.demo.cli import Printer
from iamviz.snapshots.demo.credentials import command_outputs, credential_report
from iamviz.snapshots.demo.documents import Json
from iamviz.snapshots.demo.guards import guards
from iamviz.snapshots.demo.ids import DAY
from iamviz.snapshots.demo.organization import IDS, organization_file
from iamviz.snapshots.demo.outside import outside
from iamviz.snapshots.demo.people import people
from iamviz.snapshots.demo.shapes import Account, merge
from iamviz.snapshots.demo.workloads import workloads

WITH_COMMANDS = ("shared-ci", "prod-core")
WITHOUT_REPORT = frozenset({"sandbox-ml"})
COLLECTED_EARLIER = {"sandbox": 47, "sandbox-ml": 12}
"""Days before the others: a snapshot is seldom of one day, and coverage shows it."""


def demo_accounts() -> dict[str, Account]:
    return merge((*baseline(), *people(), *chains(), *outside(), *guards(), *workloads()))


def _text(content: Json) -> str:
    return json.dumps(content, indent=4) + "\n"


def _files() -> Iterator[tuple[str, str, int]]:
    """Name, text and age in days of each file of the bundle."""
    accounts = demo_accounts()
    yield "northquay/organization.json", _text(organization_file()), 0
    for name, account in accounts.items():
        folder, age = f"northquay/accounts/{name}", COLLECTED_EARLIER.get(name, 0)
        yield f"{folder}/authorization-details.json", _text(Printer(account).authorization_details()), age
        if name not in WITHOUT_REPORT:
            yield f"{folder}/credential-report.csv", credential_report(account), age
    outputs: Json = {IDS[name]: command_outputs(accounts[name]) for name in WITH_COMMANDS}
    yield "northquay/command-outputs.json", _text(outputs), 0


def build_demo() -> bytes:
    """A zip of the organization, its accounts and some command outputs, each entry with its date of collection."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text, age in _files():
            entry = zipfile.ZipInfo(name, (DAY - timedelta(days=age)).timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text)
    return buffer.getvalue()
