"""What one account's snapshot holds, as frozen dataclasses. Built by ingest, read by everything above it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from iamviz.inventory.identity_center import IdentityCenter
from iamviz.inventory.workloads import NO_WORKLOADS, Workloads
from iamviz.policy.document import Document


@dataclass(frozen=True, slots=True)
class Notice:
    """One line of the coverage report: what was not collected, not understood or not evaluated.

    `kind` is one of "incomplete", "missing", "unreadable", "ignored", "warning",
    "not-evaluated"; `place` says where in `file`
    ("RoleDetailList[3].AssumeRolePolicyDocument", "line 12, column 4"), `text` what and what to do.
    """

    account: str | None
    file: str
    place: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class PolicyDocument:
    """A policy document as it was collected and as it reads. `document` is None where it cannot be read."""

    text: str
    document: Document | None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class InlinePolicy:
    name: str
    document: PolicyDocument


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    version_id: str
    is_default: bool
    document: PolicyDocument
    created: datetime | None = None


@dataclass(frozen=True, slots=True)
class ManagedPolicy:
    """A managed policy that the snapshot holds, AWS's or the customer's."""

    arn: str
    name: str
    versions: tuple[PolicyVersion, ...]
    policy_id: str = ""
    path: str = "/"
    description: str | None = None

    @property
    def default(self) -> PolicyDocument | None:
        return next((version.document for version in self.versions if version.is_default), None)


@dataclass(frozen=True, slots=True)
class AccessKey:
    """One of a user's two keys; the report does not tell its id."""

    active: bool
    last_rotated: datetime | None = None
    last_used: datetime | None = None
    last_used_service: str | None = None


@dataclass(frozen=True, slots=True)
class Credentials:
    """A row of the credential report (and of list-mfa-devices, list-access-keys). None means: not collected."""

    password_enabled: bool | None = None
    password_last_used: datetime | None = None
    password_last_changed: datetime | None = None
    mfa_active: bool | None = None
    keys: tuple[AccessKey, ...] | None = None


@dataclass(frozen=True, slots=True)
class User:
    arn: str
    name: str
    user_id: str
    path: str = "/"
    created: datetime | None = None
    groups: tuple[str, ...] = ()
    inline: tuple[InlinePolicy, ...] = ()
    attached: tuple[str, ...] = ()
    boundary: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
    credentials: Credentials | None = None


@dataclass(frozen=True, slots=True)
class Group:
    arn: str
    name: str
    group_id: str
    path: str = "/"
    created: datetime | None = None
    inline: tuple[InlinePolicy, ...] = ()
    attached: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    arn: str
    name: str
    role_id: str
    trust: PolicyDocument
    path: str = "/"
    created: datetime | None = None
    inline: tuple[InlinePolicy, ...] = ()
    attached: tuple[str, ...] = ()
    boundary: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
    last_used: datetime | None = None
    last_used_region: str | None = None
    description: str | None = None
    max_session: int | None = None
    """Seconds; None where list-roles was not collected."""


@dataclass(frozen=True, slots=True)
class InstanceProfile:
    arn: str
    name: str
    roles: tuple[str, ...]
    """ARNs of the roles in it."""


ResourceKind = Literal["bucket", "key", "queue", "topic", "function", "secret", "repository"]


@dataclass(frozen=True, slots=True)
class ResourcePolicy:
    """A resource with a policy of its own. `document` is None where it was asked for one and has none.

    Where it was listed and never asked, the document is one that was not collected.
    """

    kind: ResourceKind
    arn: str
    account: str
    region: str = ""
    document: PolicyDocument | None = None
    public_access_block: bool | None = None
    """Of a bucket: whether its own block or its account's has RestrictPublicBuckets; None: neither was collected."""
    public_policies_refused: bool | None = None
    """Of a bucket: the same for BlockPublicPolicy, which refuses to store a public policy."""
    abac: bool | None = None
    """Of a bucket: whether its tags count as condition keys; None where that was not collected."""
    key: str = ""
    """Of a bucket or secret: ARN of the customer key that encrypts what it holds, or of an alias of the key."""
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Inventory:
    """One account. `groups` of a user are names; everything else refers by ARN."""

    account: str
    partition: str = "aws"
    alias: str | None = None
    collected: datetime | None = None
    users: tuple[User, ...] = ()
    groups: tuple[Group, ...] = ()
    roles: tuple[Role, ...] = ()
    policies: Mapping[str, ManagedPolicy] = field(default_factory=dict)
    instance_profiles: tuple[InstanceProfile, ...] = ()
    root: Credentials | None = None
    oidc_providers: frozenset[str] | None = None
    """ARNs; None where the list was not collected."""
    saml_providers: frozenset[str] | None = None
    """ARNs; None where the list was not collected."""
    notices: tuple[Notice, ...] = ()
    has_details: bool = True
    """Whether authorization details were collected: without them who is in the account is not known."""
    workloads: Workloads = NO_WORKLOADS
    resource_policies: tuple[ResourcePolicy, ...] = ()
    """Sorted by ARN; resources that have no policy among them."""
    identity_center: IdentityCenter | None = None
    """None where no command of sso-admin or identitystore was collected."""
    oidc_clients: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """ARN of a provider to the audiences registered with it, where `iam get-open-id-connect-provider` told."""
    commands: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Command, such as "lambda list-functions", to the regions where its whole output was collected ("" unsaid)."""

    def looked_at(self, command: str) -> bool:
        """Whether the whole output of a command was collected, of one region at least; it may be empty."""
        return command in self.commands


@dataclass(frozen=True, slots=True)
class OrganizationalUnit:
    id: str
    name: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class OrganizationAccount:
    id: str
    name: str
    state: str | None = None
    parent: str | None = None
    email: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Guardrail:
    """A service or resource control policy and what it is attached to (root, OU and account ids)."""

    id: str
    name: str
    type: str
    document: PolicyDocument
    targets: tuple[str, ...] | None
    """None where the targets were not collected."""


@dataclass(frozen=True, slots=True)
class DelegatedAdministrator:
    """A member account that administers AWS services for the organization.

    `services` are their principals, such as iam.amazonaws.com; None where the file does not say which.
    """

    account: str
    services: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Organization:
    id: str
    management_account: str | None = None
    feature_set: str | None = None
    roots: tuple[OrganizationalUnit, ...] = ()
    units: tuple[OrganizationalUnit, ...] = ()
    accounts: tuple[OrganizationAccount, ...] = ()
    guardrails: tuple[Guardrail, ...] | None = None
    enabled_types: frozenset[str] | None = None
    enabled_features: frozenset[str] | None = None
    collected: datetime | None = None
    notices: tuple[Notice, ...] = ()
    delegated_administrators: tuple[DelegatedAdministrator, ...] | None = None
    """None where the file does not list them."""
