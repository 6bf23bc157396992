"""What the database needs before the web may start: tables, and on a first run a member and the demo organization.

Run as `python -m iamviz.operations.preparation [--empty]` by `up`; prints one JSON object.
"""

from __future__ import annotations

import io
import json
import os
import sys
from typing import Any

import django
from django.core.management import call_command
from django.db import transaction


def prepare(*, empty: bool) -> dict[str, Any]:
    """Migrate; make the first member where there is none. The answer holds his address, and once his password."""
    call_command("migrate", interactive=False, verbosity=0)
    with transaction.atomic():  # a member without his demo organization would get neither it nor a password next time
        member = _first_member()
        if "password" in member and not empty:
            call_command("load_sample", workspace="first", stdout=io.StringIO())
    return member


def _first_member() -> dict[str, Any]:
    output = io.StringIO()
    call_command("first_member", stdout=output)
    member: dict[str, Any] = json.loads(output.getvalue())
    return member


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iamviz.settings")
    django.setup()
    sys.stdout.write(json.dumps(prepare(empty="--empty" in sys.argv[1:])))
