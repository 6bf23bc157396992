"""Which statements apply to an identity: its own, its groups', and its permissions boundary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from iamviz.inventory.managed import managed_document
from iamviz.inventory.model import Group, InlinePolicy, Inventory, PolicyDocument, Role, User
from iamviz.policy.document import Document, Statement
from iamviz.policy.variables import EVERY_OTHER_TAG

Identity = User | Role


@dataclass(frozen=True, slots=True)
class Source:
    """A statement and where it stands: `policy` is the ARN or name, `owner` the ARN of the identity or group."""

    statement: Statement
    policy: str
    owner: str
    version: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A policy that applies but whose document is missing or cannot be read."""

    policy: str
    owner: str
    reason: str


@dataclass(frozen=True, slots=True)
class Held:
    """A policy that applies to an identity; `document` is None where it is missing, and `missing` says what is.

    `policy` is its ARN or name, `owner` the ARN of the identity or group that holds it; a managed one is its own.
    """

    policy: str
    owner: str
    document: Document | None
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Access:
    """All that decides what an identity may do. `boundary` is None where there is none."""

    sources: tuple[Source, ...]
    gaps: tuple[Gap, ...] = ()
    boundary: tuple[Source, ...] | None = None
    boundary_gap: Gap | None = None


class AccountAccess:
    """Answers access questions about the identities of one account; documents are expanded once."""

    def __init__(self, inventory: Inventory) -> None:
        self._inventory = inventory
        self._groups = {group.name.casefold(): group for group in inventory.groups}
        self._managed: dict[str, tuple[tuple[Source, ...], tuple[Gap, ...]]] = {}
        self._held: dict[str, Held] = {}
        self._of_groups: dict[str, tuple[Held, ...]] = {}

    def of(self, identity: Identity) -> Access:
        """The statements that apply to the identity, boundary apart.

        Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
        """
        sources: list[Source] = []
        gaps: list[Gap] = []
        if isinstance(identity, User):
            gaps += self._unknown_groups(identity)
        for holder in self._holders(identity):
            for found, missing in self._policies(holder.arn, holder.inline, holder.attached):
                sources += found
                gaps += missing
        boundary, boundary_gap = self._boundary(identity)
        return Access(tuple(sources), tuple(gaps), boundary, boundary_gap)

    def held(self, identity: Identity) -> tuple[Held, ...]:
        """The policies that apply to the identity, boundary apart: its own, then its groups', each once."""
        own = self.held_by(identity)
        if isinstance(identity, Role) or not identity.groups:
            return own
        groups = (each for name in identity.groups for each in self._held_by_group(name, identity))
        return tuple(dict.fromkeys((*own, *groups)))

    def boundary(self, identity: Identity) -> Held | None:
        """The permissions boundary; None where there is none."""
        return None if identity.boundary is None else self.held_managed(identity.boundary)

    def _held_by_group(self, name: str, user: User) -> tuple[Held, ...]:
        folded = name.casefold()
        group = self._groups.get(folded)
        if group is None:
            return (Held(name, user.arn, None, f"the group {name} is not in the snapshot"),)
        if folded not in self._of_groups:
            self._of_groups[folded] = self.held_by(group)
        return self._of_groups[folded]

    def held_by(self, holder: Identity | Group) -> tuple[Held, ...]:
        inline = [_held(each.document, each.name, holder.arn) for each in holder.inline]
        return (*inline, *map(self.held_managed, dict.fromkeys(holder.attached)))

    def held_managed(self, arn: str) -> Held:
        found = self._held.get(arn)
        if found is None:
            document = managed_document(self._inventory, arn)
            if document is None:
                found = Held(arn, arn, None, f"the document of {arn} is not in the snapshot")
            else:
                found = _held(document, arn, arn)
            self._held[arn] = found
        return found

    def _holders(self, identity: Identity) -> Iterator[Identity | Group]:
        yield identity
        if isinstance(identity, User):
            for name in identity.groups:
                group = self._groups.get(name.casefold())
                if group is not None:
                    yield group

    def _unknown_groups(self, user: User) -> Iterator[Gap]:
        for name in user.groups:
            if name.casefold() not in self._groups:
                yield Gap(name, user.arn, f"the group {name} is not in the snapshot")

    def _policies(
        self, owner: str, inline: Iterable[InlinePolicy], attached: Iterable[str]
    ) -> Iterator[tuple[Sequence[Source], Sequence[Gap]]]:
        for policy in inline:
            yield _expand(policy.document, policy.name, owner)
        for arn in dict.fromkeys(attached):
            yield self._attached(arn, owner)

    def _attached(self, arn: str, owner: str) -> tuple[tuple[Source, ...], tuple[Gap, ...]]:
        if arn not in self._managed:
            self._managed[arn] = self._expand_managed(arn, owner)
        return self._managed[arn]

    def _expand_managed(self, arn: str, owner: str) -> tuple[tuple[Source, ...], tuple[Gap, ...]]:
        document = managed_document(self._inventory, arn)
        if document is None:
            return (), (Gap(arn, owner, f"the document of {arn} is not in the snapshot"),)
        return _expand(document, arn, arn)

    def _boundary(self, identity: Identity) -> tuple[tuple[Source, ...] | None, Gap | None]:
        if identity.boundary is None:
            return None, None
        sources, gaps = self._attached(identity.boundary, identity.arn)
        return sources, gaps[0] if gaps else None


def _held(document: PolicyDocument, policy: str, owner: str) -> Held:
    if document.document is None:
        return Held(policy, owner, None, f"the document of {policy} cannot be read: {document.problem}")
    return Held(policy, owner, document.document)


def _expand(document: PolicyDocument, policy: str, owner: str) -> tuple[tuple[Source, ...], tuple[Gap, ...]]:
    if document.document is None:
        return (), (Gap(policy, owner, f"the document of {policy} cannot be read: {document.problem}"),)
    version = document.document.version
    return tuple(Source(statement, policy, owner, version) for statement in document.document.statements), ()


def variables_of(identity: Identity, account: str) -> Mapping[str, str | None]:
    """The values of policy variables that the snapshot knows of a caller, keys casefolded; None: known to be absent.

    A role session may bring tags of its own, a user has those of the snapshot and no others.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
    """
    values: dict[str, str | None] = {"aws:principalarn": identity.arn, "aws:principalaccount": account}
    if isinstance(identity, User):
        values |= {"aws:username": identity.name, "aws:userid": identity.user_id, "aws:principaltype": "User"}
        values[EVERY_OTHER_TAG] = None
    else:
        values |= {"aws:principaltype": "AssumedRole", "aws:username": None}
    values |= {f"aws:principaltag/{key}".casefold(): value for key, value in identity.tags.items()}
    return values
