"""Make the first member of a fresh installation; prints his address as JSON, and once his password."""

from __future__ import annotations

import json

from django.core.management.base import BaseCommand, CommandParser

from iamviz.workspaces.first_member import EMAIL, create_first_member
from iamviz.workspaces.models import Member


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", default=EMAIL, help="the address to sign in with")

    def handle(self, *_: object, email: str, **__: object) -> None:
        made = create_first_member(email)
        if made:
            self.stdout.write(json.dumps({"email": made[0], "password": made[1]}))
        else:
            self.stdout.write(json.dumps({"email": Member.objects.earliest("id").email}))
