"""Revisions remember the organization's part that they were made from; those that are there are told apart by digest."""

import hashlib
from collections.abc import Iterable
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

ANALYSIS = "1"
"""What the digests of all revisions before this migration began with."""


def find_organizations(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001  # Django's
    """The digest of a revision names its parts: the organization's is the one that completes it."""
    revisions = apps.get_model("snapshots", "Revision").objects.defer("graph")
    for revision in revisions.all():
        accounts = revision.accounts.values_list("account", "parts")
        lines = [
            f"{account} {part['kind']} {part['region']} {part['sha256']}\n"
            for account, parts in accounts
            for part in parts
        ]
        for part in revision.workspace.parts.filter(kind="organization", account=""):
            own = f"{part.account} {part.kind} {part.region} {part.sha256}\n"
            if digest([*lines, own]) == revision.content:
                revisions.filter(pk=revision.pk).update(organization=part)


def digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("".join([ANALYSIS, *sorted(lines)]).encode()).hexdigest()


class Migration(migrations.Migration):

    dependencies = [
        ('snapshots', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='revision',
            name='organization',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='snapshots.part'),
        ),
        migrations.RunPython(find_organizations, migrations.RunPython.noop),
    ]
