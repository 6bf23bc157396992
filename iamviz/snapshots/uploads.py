"""Receiving files: stored by the hash of their content, a row made, and one integer queued when that is committed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.core.files.base import File
from django.db import transaction

from iamviz.snapshots.contents import hash_file, keep_file
from iamviz.snapshots.demo import build_demo
from iamviz.snapshots.messages import queue
from iamviz.snapshots.models import Upload, UploadFile
from iamviz.snapshots.text import storable
from iamviz.workspaces.models import Member, Membership, Workspace

MOST_FILES = 5_000
SAMPLE_SLUG = "demo-organization"
SAMPLE_NAME = "Demo organization"


class UploadRefused(Exception):  # noqa: N818  # a verdict about the request, not an error of ours
    """Nothing was stored; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as it was sent: its name with its folders, and when it was last changed, where that is known."""

    name: str
    file: File
    modified: datetime | None = None


def receive(
    workspace: Workspace, member: Member | None, files: Sequence[Incoming], source: str, *, queued: bool = True
) -> Upload:
    """Store the files, make the upload, queue its reading unless the caller sees to it."""
    _check(files)
    kept = [(incoming, *_store(workspace, incoming)) for incoming in files]
    with transaction.atomic():
        size = sum(size for *_, size in kept)
        upload = Upload.objects.create(workspace=workspace, member=member, source=source, size=size)
        UploadFile.objects.bulk_create(
            UploadFile(
                upload=upload,
                position=position,
                name=storable(incoming.name),
                size=size,
                sha256=sha256,
                stored=stored,
                modified=incoming.modified,
            )
            for position, (incoming, stored, sha256, size) in enumerate(kept)
        )
        upload.note(Upload.Step.STORED, f"{len(kept)} {'file' if len(kept) == 1 else 'files'} stored")
        if queued:
            transaction.on_commit(partial(queue, upload))
    return upload


def load_sample(workspace: Workspace, member: Member | None, *, queued: bool = True) -> Upload:
    """Upload the demo organization. It gives way as soon as the workspace has accounts of its own."""
    own = Upload.objects.filter(workspace=workspace).exclude(source=Upload.Source.SAMPLE)
    if own.exclude(state__in=(Upload.State.FAILED, Upload.State.CANCELLED)).exists():
        raise UploadRefused("This workspace has uploads of its own. Load the demo organization into an empty one.")
    demo = Incoming("demo-organization.zip", File(io.BytesIO(build_demo())))
    return receive(workspace, member, [demo], Upload.Source.SAMPLE, queued=queued)


def sample_workspace() -> Workspace:
    """The workspace that holds nothing but the demo organization; every member that exists now is in it."""
    workspace, made = Workspace.objects.get_or_create(
        slug=SAMPLE_SLUG, defaults={"name": SAMPLE_NAME, "is_sample": True}
    )
    if made:
        Membership.objects.bulk_create(
            Membership(workspace=workspace, member=member, role=Membership.Role.OWNER)
            for member in Member.objects.all()
        )
    return workspace


def _check(files: Sequence[Incoming]) -> None:
    if not files:
        raise UploadRefused("No file was sent. Choose one or more files.")
    if len(files) > MOST_FILES:
        raise UploadRefused(f"{len(files)} files were sent; {MOST_FILES} is the limit. Put them into one zip file.")


def _store(workspace: Workspace, incoming: Incoming) -> tuple[str, str, int]:
    file = incoming.file
    known = getattr(file, "sha256", None)
    sha256, size = (known, file.size) if known else hash_file(file)
    return keep_file(workspace.pk, sha256, file), sha256, size
