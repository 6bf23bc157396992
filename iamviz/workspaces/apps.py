"""The Django app of members and workspaces."""

from django.apps import AppConfig


class WorkspacesConfig(AppConfig):
    name = "iamviz.workspaces"
    label = "workspaces"
    default_auto_field = "django.db.models.BigAutoField"
