"""Make a member, or give one a role in another workspace. The password is asked for, or read from standard input."""

from __future__ import annotations

import getpass
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from iamviz.workspaces.models import Member, Membership
from iamviz.workspaces.naming import create_workspace, find_workspace


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="the name that others see")
        parser.add_argument("--workspace", required=True, help="slug or name; made if there is none")
        parser.add_argument("--role", choices=Membership.Role.values, default=Membership.Role.VIEWER)

    def handle(self, *_: object, email: str, name: str, workspace: str, role: str, **__: object) -> None:
        try:
            with transaction.atomic():
                member = _member(email, name)
                place = find_workspace(workspace) or create_workspace(workspace)
                Membership.objects.update_or_create(workspace=place, member=member, defaults={"role": role})
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=2) from error
        self.stdout.write(f"{member.email} is {role} of {place.name} (/w/{place.slug}/)")


def _member(email: str, name: str) -> Member:
    validate_email(email)
    known = Member.objects.filter(email=email.strip().lower()).first()
    if known is not None:
        return known
    password = _password()
    validate_password(password, Member(email=email, name=name))
    return Member.objects.create_user(email, password, name=name)


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass("Password: ")
    if password != getpass.getpass("Again: "):
        raise CommandError("The two passwords differ. Nothing was made.", returncode=2)
    return password
