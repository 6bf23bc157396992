"""Workspaces as the shell calls them: by slug or by name."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import slugify

from iamviz.workspaces.models import Member, Membership, Workspace


def find_workspace(text: str) -> Workspace | None:
    """The workspace with that slug, else with that name."""
    return Workspace.objects.filter(slug=text).first() or Workspace.objects.filter(name=text).first()


def create_workspace(name: str) -> Workspace:
    """A new workspace. Where there is one member he owns it; otherwise create_member adds them."""
    with transaction.atomic():
        place = Workspace.objects.create(slug=_free_slug(slugify(name)[:50] or "workspace"), name=name)
        members = Member.objects.all()[:2]
        if len(members) == 1:
            Membership.objects.create(workspace=place, member=members[0], role=Membership.Role.OWNER)
    return place


def _free_slug(slug: str) -> str:
    taken = set(Workspace.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    candidates = (slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3)))
    return next(candidate for candidate in candidates if candidate not in taken)
