"""Members, workspaces, who belongs to which, and the tokens of programs."""

from __future__ import annotations

import uuid
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from knox.models import AbstractAuthToken


class MemberManager(BaseUserManager["Member"]):
    """Makes members; an e-mail address is one address whatever its case."""

    def create_user(self, email: str, password: str | None = None, *, name: str = "") -> Member:
        member = self.model(email=email.strip().lower(), name=name.strip())
        member.set_password(password)
        member.save(using=self._db)
        return member

    def get_by_natural_key(self, username: str | None) -> Member:
        return self.get(email=(username or "").strip().lower())


class Member(AbstractBaseUser):  # type: ignore[django-manager-missing]  # knox names its manager by itself
    """Somebody who signs in, by e-mail address. What he may see hangs on his memberships alone."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    created = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[MemberManager] = MemberManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="member_email_in_any_case")]

    def __str__(self) -> str:
        return self.email


class VisibleQuerySet(models.QuerySet):
    """A query set that knows the way from its rows to the workspace; every model of a workspace has one."""

    to_workspace = "workspace"

    def visible_to(self, member: object) -> Self:
        """Only the rows of workspaces that `member` belongs to; nothing for a stranger or an anonymous one."""
        if not isinstance(member, Member):
            return self.none()
        path = f"{self.to_workspace}__memberships__member" if self.to_workspace else "memberships__member"
        return self.filter(**{path: member})


class WorkspaceQuerySet(VisibleQuerySet):
    to_workspace = ""


class Workspace(models.Model):
    """One organization under review: its uploads, revisions and members."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    is_sample = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)

    objects = WorkspaceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["is_sample", "name", "id"]

    def __str__(self) -> str:
        return self.name

    def role_of(self, member: Member) -> str | None:
        """The member's role here, None for a stranger."""
        return self.memberships.filter(member=member).values_list("role", flat=True).first()


class Membership(models.Model):
    """A member's role in a workspace: viewers look, editors also upload, owners also manage members."""

    class Role(models.TextChoices):
        OWNER = "owner", "Owner"
        EDITOR = "editor", "Editor"
        VIEWER = "viewer", "Viewer"

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="memberships")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role, default=Role.VIEWER)
    created = models.DateTimeField(auto_now_add=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "member"], name="one_role_in_a_workspace")
        ]

    def __str__(self) -> str:
        return f"{self.member} is {self.role} of {self.workspace}"

    @property
    def may_upload(self) -> bool:
        return self.role in {self.Role.OWNER, self.Role.EDITOR}


class Token(AbstractAuthToken):
    """A key for programs, kept as its hash; it may do what its member may. `name` says what it is for."""

    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    """What URLs call it: the key of the row is the token's hash."""
    name = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name
