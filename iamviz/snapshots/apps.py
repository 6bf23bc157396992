"""The Django app of uploads, snapshots and revisions."""

from django.apps import AppConfig


class SnapshotsConfig(AppConfig):
    name = "iamviz.snapshots"
    label = "snapshots"
    default_auto_field = "django.db.models.BigAutoField"
