"""Publishing a revision in one transaction: until it is committed nobody sees any of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from iamviz.analysis import Analysis
from iamviz.graph.model import AccountNote
from iamviz.graph.wire import encode_graph
from iamviz.inventory.model import Inventory, Organization
from iamviz.snapshots.inventories import Dated
from iamviz.snapshots.messages import Message
from iamviz.snapshots.models import Revision, RevisionAccount, RevisionNotice, Upload
from iamviz.snapshots.rows import Verdict, account_snapshot
from iamviz.snapshots.selection import Selection, select
from iamviz.snapshots.summary import relations_between_accounts, summarize, verdicts
from iamviz.snapshots.text import storable, storable_json
from iamviz.workspaces.models import Workspace

EXPECTED = ("authorization-details", "credential-report", "command-outputs")
"""Kinds of parts that tell something about every account."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that a revision is made of."""

    selection: Selection
    inventories: Sequence[Inventory]
    organization: Organization | None
    analysis: Analysis
    seconds: float


def publish(upload: Upload, token: int, outcome: Outcome) -> Sequence[Message]:
    """Make it the workspace's current revision. If another upload was published meanwhile, analyse once more."""
    blob = encode_graph(outcome.analysis.graph)
    verdict_of = verdicts(outcome.analysis.graph, outcome.inventories)
    summary = summarize(outcome.analysis, outcome.inventories, verdict_of)
    relations = relations_between_accounts(outcome.analysis.graph)
    with upload.commit(token) as row:
        workspace = Workspace.objects.select_for_update().get(pk=row.workspace_id)
        if select(row).content != outcome.selection.content:
            row.hand_on(Upload.State.ANALYSING)
            return [Message("analyse", row.pk)]
        revision = _make_revision(row, workspace, outcome, blob, summary)
        _write_accounts(revision, outcome, verdict_of, relations)
        _write_notices(revision, outcome.analysis)
        row.note(Upload.Step.DONE, f"Revision {revision.number} is published")
        row.finish(Upload.State.PUBLISHED, revision=revision, step=Upload.Step.DONE, done=1, total=1)
        row.chunks.all().delete()
    return ()


def _make_revision(
    upload: Upload, workspace: Workspace, outcome: Outcome, blob: bytes, summary: dict[str, Any]
) -> Revision:
    before = Revision.objects.filter(workspace=workspace)
    number = (before.aggregate(last=Max("number"))["last"] or 0) + 1
    before.filter(current=True).update(current=False)
    dates = [choice.collected for choice in outcome.selection.chosen if choice.collected]
    organizations = outcome.selection.accounts.get("", [])
    return Revision.objects.create(
        workspace=workspace,
        number=number,
        upload=upload,
        source=upload.source,
        current=True,
        content=outcome.selection.content,
        collected_from=min(dates),
        collected_to=max(dates),
        analysed_seconds=round(outcome.seconds, 3),
        summary=storable_json(summary),
        organization=organizations[0].part if organizations else None,
        graph=blob,
    )


def _write_accounts(
    revision: Revision,
    outcome: Outcome,
    verdict_of: Mapping[str, Verdict],
    relations: Mapping[str, tuple[int, int]],
) -> None:
    """Every account that was collected or that the organization names."""
    notes = {note.id: note for note in outcome.analysis.graph.accounts}
    noticed = Counter(notice.account for notice in outcome.analysis.notices)
    rows = []
    for account, row in {**_named(notes), **_collected(revision, outcome, verdict_of)}.items():
        _describe(row, notes.get(account))
        row.revision, row.account = revision, account
        row.trusts_in, row.trusts_out = relations.get(account, (0, 0))
        row.notices = noticed[account]
        rows.append(row)
    RevisionAccount.objects.bulk_create(rows, batch_size=500)


def _named(notes: Mapping[str, AccountNote]) -> dict[str, RevisionAccount]:
    return {account: RevisionAccount(missing=list(EXPECTED)) for account, note in notes.items() if note.in_organization}


def _collected(revision: Revision, outcome: Outcome, verdict_of: Mapping[str, Verdict]) -> dict[str, RevisionAccount]:
    parts = outcome.selection.accounts
    return {
        inventory.account: RevisionAccount(
            snapshot=account_snapshot(revision.workspace_id, inventory, parts[inventory.account], verdict_of),
            users=len(inventory.users),
            roles=len(inventory.roles),
            groups=len(inventory.groups),
            collected=min(dated.collected for dated in parts[inventory.account] if dated.collected),
            parts=[_part(dated) for dated in parts[inventory.account]],
            missing=[kind for kind in EXPECTED if kind not in {dated.part.kind for dated in parts[inventory.account]}],
        )
        for inventory in outcome.inventories
    }


def _describe(row: RevisionAccount, note: AccountNote | None) -> None:
    if note is not None:
        row.name = "" if note.name == note.id else storable(note.name)
        row.ou = storable("/".join(name for _, name in note.units))
        row.state = storable(note.state or "")


def _part(dated: Dated) -> dict[str, Any]:
    return {
        "kind": dated.part.kind,
        "region": dated.part.region,
        "collected": dated.collected.isoformat() if dated.collected else None,
        "collected_from": dated.collected_from,
        "sha256": dated.part.sha256,
    }


def _write_notices(revision: Revision, analysis: Analysis) -> None:
    RevisionNotice.objects.bulk_create(
        (
            RevisionNotice(
                revision=revision,
                position=position,
                account=notice.account,
                file=storable(notice.file),
                place=storable(notice.place),
                kind=notice.kind,
                text=storable(notice.text),
            )
            for position, notice in enumerate(analysis.notices)
        ),
        batch_size=500,
    )
