"""Make the first member of a fresh installation; prints how to sign in as JSON, {} if there are members already."""

from __future__ import annotations

import json

from django.core.management.base import BaseCommand, CommandParser

from iamviz.workspaces.first_member import EMAIL, create_first_member


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", default=EMAIL, help="the address to sign in with")

    def handle(self, *_: object, email: str, **__: object) -> None:
        made = create_first_member(email)
        self.stdout.write(json.dumps({"email": made[0], "password": made[1]} if made else {}))
