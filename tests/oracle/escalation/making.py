"""Methods that make a new role or user, give it everything, and become it."""

from __future__ import annotations

from collections.abc import Iterator

from iamviz.inventory.known_keys import KnownKeys
from tests.oracle.escalation.changing import EVERYTHING
from tests.oracle.escalation.identities import BOUNDARY, POLICY, Identities
from tests.oracle.escalation.launches import LAUNCHES, PROFILE, ROLE, USER, Make
from tests.oracle.escalation.running import PASS, Found, makes
from tests.oracle.escalation.sure import Sure, best, both
from tests.oracle.layers import Identity, Shelf

ENTRIES = ("iam:CreateAccessKey", "iam:CreateLoginProfile")


class Making:
    """The new one has no boundary, unless a condition forces one, and is under the account's SCPs alone."""

    def __init__(self, identities: Identities, shelf: Shelf) -> None:
        self._account = identities.account
        self._identities = identities
        self._shelf = shelf
        self._outcomes: dict[str, Sure] = {}

    def find(self, actor: Identity) -> Iterator[Found]:
        admin = self._account.admin_node
        yield "iviz-iam-createrole", admin, self._made(actor, "Role", ("iam:CreateRole",), {})
        yield "iviz-iam-createpassrole", admin, best(self._launched(actor))
        for entry in ENTRIES:
            yield "iviz-iam-createuser", admin, self._made(actor, "User", ("iam:CreateUser", entry), {})
            yield "iviz-iam-createuser", admin, best(self._joined(actor, entry))

    def _made(self, actor: Identity, kind: str, actions: tuple[str, ...], keys: KnownKeys) -> Sure:
        """The same name for all that is done to it."""
        template = ROLE if kind == "Role" else USER
        keys = {BOUNDARY: None, **keys}
        put = makes(self._account, actor, Make(template, (*actions, f"iam:Put{kind}Policy")), keys)
        ways = [put and both(put, self._outcome(""))]
        for policy in self._identities.attachable():
            one = Make(template, (*actions, f"iam:Attach{kind}Policy"))
            given = makes(self._account, actor, one, {**keys, POLICY: policy})
            ways.append(given and both(given, self._outcome(policy)))
        return best(ways)

    def _outcome(self, policy: str) -> Sure:
        """What somebody new with the policy is; with an inline one that allows everything where there is none."""
        if policy not in self._outcomes:
            written = self._shelf.policy("new", EVERYTHING)
            held = self._account.managed(policy) if policy else written
            self._outcomes[policy] = self._account.admin_newcomer([held])
        return self._outcomes[policy]

    def _launched(self, actor: Identity) -> Iterator[Sure]:
        for launch in LAUNCHES:
            if launch.needs:
                continue
            needed = (*launch.makes, PROFILE) if launch.profile else launch.makes
            started = both(*(makes(self._account, actor, each) for each in needed))
            if started:
                keys: list[KnownKeys] = [{"iam:PassedToService": each} for each in launch.services]
                made = best(self._made(actor, "Role", ("iam:CreateRole", PASS), each) for each in keys)
                yield both(started, made)

    def _joined(self, actor: Identity, entry: str) -> Iterator[Sure]:
        """The new user is put in a group of admins."""
        for group in self._account.inventory.groups:
            joined = self._account.may(actor, "iam:AddUserToGroup", group.arn)
            if joined:
                made = makes(self._account, actor, Make(USER, ("iam:CreateUser", entry)), {BOUNDARY: None})
                yield both(joined, made, self._account.admin_newcomer(self._account.held(group)))
