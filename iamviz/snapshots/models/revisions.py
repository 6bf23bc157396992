"""What was published: the newest parts of every account analysed as one, immutable."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from iamviz.snapshots.models.parts import AccountSnapshot, IdentityRow, Part
from iamviz.snapshots.models.uploads import Upload
from iamviz.workspaces.models import VisibleQuerySet, Workspace


class RevisionQuerySet(VisibleQuerySet):
    def numbered(self, number: str | int) -> Self:
        """The revision of that number, or the current one for "latest"."""
        return self.filter(current=True) if number == "latest" else self.filter(number=int(number))


class RevisionManager(models.Manager.from_queryset(RevisionQuerySet)):  # type: ignore[misc]  # made at run time
    """Leaves the graph in the database unless somebody asks for it by name."""

    def get_queryset(self) -> RevisionQuerySet:
        return super().get_queryset().defer("graph")


class Revision(models.Model):
    """One analysis of a workspace; URLs name it by its number."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    upload = models.ForeignKey(Upload, null=True, on_delete=models.SET_NULL, related_name="+")
    """The upload that brought it about."""
    source = models.CharField(max_length=10, choices=Upload.Source)
    created = models.DateTimeField(default=timezone.now)
    current = models.BooleanField(default=False)
    content = models.CharField(max_length=64)
    """Digest of the parts that it is made of: the same parts make no second revision in a row."""
    collected_from = models.DateTimeField(null=True)
    collected_to = models.DateTimeField(null=True)
    analysed_seconds = models.FloatField(default=0.0)
    summary = models.JSONField(default=dict)
    """Accounts, identities, counts, edges, admins, external, warnings, top_trusted_accounts: as the API shows it."""
    organization = models.ForeignKey(Part, null=True, on_delete=models.RESTRICT, related_name="+")
    """The organization's own part that was analysed with the accounts; None where nobody had uploaded one."""
    graph = models.BinaryField()

    objects = RevisionManager()

    class Meta:
        ordering: ClassVar = ["-number"]
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "number"], name="one_revision_of_a_number"),
            models.UniqueConstraint(fields=["workspace"], condition=Q(current=True), name="one_current_revision"),
        ]

    def __str__(self) -> str:
        return f"revision {self.number}"

    @property
    def identities(self) -> models.QuerySet[IdentityRow]:
        """The rows of every account in it. Ask through a revision that is visible to the member."""
        return IdentityRow.objects.filter(snapshot__revision_accounts__revision=self)


class RevisionRowQuerySet(VisibleQuerySet):
    to_workspace = "revision__workspace"


class RevisionAccount(models.Model):
    """An account in a revision: one that was collected, or one that only the organization file names."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="accounts")
    snapshot = models.ForeignKey(AccountSnapshot, null=True, on_delete=models.PROTECT, related_name="revision_accounts")
    """None where nothing of the account was collected."""
    account = models.CharField(max_length=12)
    name = models.TextField(blank=True)
    """From the organization file, else the account's alias, else empty."""
    ou = models.TextField(blank=True)
    """Names from the root down, "Root/Core"; empty where the tree was not collected."""
    state = models.TextField(blank=True)
    users = models.PositiveIntegerField(default=0)
    roles = models.PositiveIntegerField(default=0)
    groups = models.PositiveIntegerField(default=0)
    trusts_in = models.PositiveIntegerField(default=0)
    """Relations from other accounts into this one."""
    trusts_out = models.PositiveIntegerField(default=0)
    collected = models.DateTimeField(null=True)
    """The oldest of its parts' dates."""
    parts = models.JSONField(default=list)
    """Objects with kind, region, collected, collected_from, sha256."""
    missing = models.JSONField(default=list)
    """Kinds of parts that nobody uploaded."""
    notices = models.PositiveIntegerField(default=0)

    objects = RevisionRowQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["account"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["revision", "account"], name="an_account_once_in_a_revision")
        ]

    def __str__(self) -> str:
        return self.account


class RevisionNotice(models.Model):
    """A line of the coverage report."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="notices")
    position = models.PositiveIntegerField()
    account = models.CharField(max_length=12, null=True)  # noqa: DJ001  # None: about no account in particular
    file = models.TextField(blank=True)
    place = models.TextField(blank=True)
    kind = models.CharField(max_length=20)
    """incomplete, missing, unreadable, ignored or warning."""
    text = models.TextField()

    objects = RevisionRowQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["revision", "position"], name="one_notice_in_a_place")]

    def __str__(self) -> str:
        return self.text
