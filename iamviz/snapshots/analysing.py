"""The last step of an upload: everything chosen for the workspace is analysed as one, and published."""

from __future__ import annotations

import time
from collections.abc import Sequence

from iamviz.analysis import analyze
from iamviz.inventory.model import Inventory, Organization
from iamviz.snapshots.gathering import gather
from iamviz.snapshots.inventories import collector_off, inventories, organization
from iamviz.snapshots.messages import Message
from iamviz.snapshots.models import Revision, Upload
from iamviz.snapshots.publishing import Outcome, publish
from iamviz.snapshots.reading import load_graph
from iamviz.snapshots.reporting import Reporter
from iamviz.snapshots.selection import Selection, select


def analyse(upload: Upload, token: int) -> Sequence[Message]:
    """Gather what was read, choose the newest of everything, analyse, publish."""
    report = Reporter(upload, token)
    gather(upload, token)
    selection = select(upload)
    current = Revision.objects.filter(workspace=upload.workspace_id, current=True).first()
    if current is not None and current.content == selection.content:
        _say_unchanged(upload, token, current, selection)
        return ()
    started = time.monotonic()
    with collector_off():
        accounts, company = _load(selection, report)
        analysis = analyze(accounts, company, seed=_seed(current), on_progress=report)
    report(Upload.Step.PUBLISHING, 0, 1)
    outcome = Outcome(selection, accounts, company, analysis, time.monotonic() - started)
    return publish(upload, token, outcome)


def _load(selection: Selection, report: Reporter) -> tuple[list[Inventory], Organization | None]:
    by_account = selection.accounts
    total = len(by_account) - ("" in by_account)
    loaded: list[Inventory] = []
    for inventory in inventories(by_account):
        loaded.append(inventory)
        text = f"{len(inventory.users)} users, {len(inventory.roles)} roles"
        report(Upload.Step.GRAPH, len(loaded), total, text=text, account=inventory.account)
    return loaded, organization(by_account)


def _seed(current: Revision | None) -> dict[str, int] | None:
    """Where the last revision drew each account: they stay there."""
    return dict(load_graph(current).slots) if current else None


def _say_unchanged(upload: Upload, token: int, current: Revision, selection: Selection) -> None:
    chosen = {choice.part.pk for choice in selection.chosen}
    older = upload.contributions.exclude(part__in=chosen).count()
    text = f"Nothing new: revision {current.number} shows all of it already"
    if older:
        text = f"Kept, but not shown: revision {current.number} has newer facts of the same accounts"
    with upload.commit(token) as row:
        row.note(Upload.Step.DONE, text)
        row.finish(Upload.State.UNCHANGED, revision=current, step=Upload.Step.DONE, done=1, total=1)
        row.chunks.all().delete()
