"""What was read: parts stored by the hash of their content, accounts put together from them, their identities."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from iamviz.snapshots.models.uploads import Upload, UploadRowQuerySet
from iamviz.workspaces.models import VisibleQuerySet, Workspace


class Part(models.Model):
    """One kind of collected facts about one account (and region), immutable, the same content only once."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=30)
    account = models.CharField(max_length=12, blank=True)
    """Empty for the organization's own part."""
    region = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64)
    stored = models.CharField(max_length=200)
    size = models.BigIntegerField(default=0)
    """Bytes of the decoded content."""
    file = models.TextField(blank=True)
    """The name of the file that it first came in."""
    notices = models.JSONField(default=list)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "kind", "account", "region", "sha256"], name="same_content_same_part"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.account or 'the organization'}"


class UploadPart(models.Model):
    """That an upload brought a part, and when that part had been collected."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="contributions")
    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="contributions")
    collected = models.DateTimeField()
    collected_from = models.CharField(max_length=40)
    """Where the date is from: the report itself, a manifest, the file's time, the newest date inside."""

    objects = UploadRowQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["upload", "part"], name="a_part_once_in_an_upload"),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} from {self.upload_id}"


class Fragment(models.Model):
    """What reading one entry gave, by the hash of its bytes: an entry seen before is hashed, not read again."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="fragments")
    sha256 = models.CharField(max_length=64)
    name = models.TextField()
    """What it found is told by this name."""
    reader = models.CharField(max_length=20)
    """Version of the reading code; another version reads again."""
    content = models.JSONField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "sha256", "name", "reader"], name="an_entry_read_once")
        ]

    def __str__(self) -> str:
        return self.sha256


class AccountSnapshot(models.Model):
    """The parts of one account that were analysed together, with what came out for its identities.

    `parts_digest` names the parts, `verdicts_digest` what the analysis said about the identities: a revision in
    which neither changed points to the same rows, so that nothing is written for an unchanged account.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="account_snapshots")
    account = models.CharField(max_length=12)
    parts_digest = models.CharField(max_length=64)
    verdicts_digest = models.CharField(max_length=64)
    parts = models.ManyToManyField(Part, related_name="account_snapshots")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "account", "parts_digest", "verdicts_digest"], name="one_account_snapshot"
            )
        ]

    def __str__(self) -> str:
        return f"snapshot of {self.account}"


class IdentityRowQuerySet(VisibleQuerySet):
    to_workspace = "snapshot__workspace"


class IdentityRow(models.Model):
    """A user, role or group for lists, facets and search; written once by bulk SQL (snapshots.rows)."""

    class Kind(models.TextChoices):
        USER = "user", "User"
        ROLE = "role", "Role"
        GROUP = "group", "Group"

    class Admin(models.TextChoices):
        CERTAIN = "certain", "Admin"
        CONDITIONAL = "conditional", "Admin under conditions"
        NO = "no", "Not admin"

    snapshot = models.ForeignKey(AccountSnapshot, on_delete=models.CASCADE, related_name="identities")
    key = models.CharField(max_length=22)
    """The first 22 characters of base64url(sha256(ARN)): the identity's name in URLs."""
    arn = models.TextField()
    kind = models.CharField(max_length=5, choices=Kind)
    account = models.CharField(max_length=12)
    name = models.TextField()
    path = models.TextField()
    unique_id = models.TextField()
    created = models.DateTimeField(null=True)
    last_used = models.DateTimeField(null=True)
    mfa = models.BooleanField(null=True)
    """None where it was not collected, and for roles and groups."""
    active_keys = models.PositiveSmallIntegerField(null=True)
    tags = models.JSONField(default=dict)
    description = models.TextField(null=True)  # noqa: DJ001  # None: not collected; "" : there is none
    max_session = models.PositiveIntegerField(null=True)
    boundary = models.TextField(null=True)  # noqa: DJ001  # None: there is none
    admin = models.CharField(max_length=11, choices=Admin, default=Admin.NO)
    external = models.BooleanField(default=False)
    """Somebody outside the collected accounts can become it."""
    trusted_by = models.PositiveIntegerField(default=0)
    """How many can become it."""
    can_become = models.PositiveIntegerField(default=0)
    """How many it can become."""
    search = models.TextField()
    """Lower-case words to look for: ARN, unique id, tags, description."""

    objects = IdentityRowQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["snapshot", "key"], name="an_identity_once")]
        indexes: ClassVar = [models.Index(fields=["key"], name="identity_by_key")]

    def __str__(self) -> str:
        return self.arn
