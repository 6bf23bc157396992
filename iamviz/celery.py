"""The queue. A task carries ids; the row is the truth, so a lost or doubled message costs time, never correctness."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iamviz.settings")

app = Celery("iamviz")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["iamviz.snapshots"])
