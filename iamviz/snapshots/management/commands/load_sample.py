"""Load the demo organization into a workspace that is empty; "first" is a workspace made for it."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError, CommandParser

from iamviz.snapshots.uploads import UploadRefused, load_sample, sample_workspace
from iamviz.workspaces.models import Workspace


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--workspace", default="first", help="slug, or first")

    def handle(self, *_: object, workspace: str, **__: object) -> None:
        place = sample_workspace() if workspace == "first" else Workspace.objects.filter(slug=workspace).first()
        if place is None:
            raise CommandError(f"There is no workspace {workspace!r}.", returncode=2)
        if place.uploads.exists():
            self.stdout.write(f"{place.name} has uploads already: left as it is")
            return
        try:
            upload = load_sample(place, None)
        except UploadRefused as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(f"Upload {upload.pk} into {place.name} (/w/{place.slug}/)")
