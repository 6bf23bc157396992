"""What comes of a change: admin, or somebody who may write himself whatever he likes."""

from __future__ import annotations

from iamviz.inventory.model import Inventory, Role
from iamviz.policy.expression import Expression, all_of, any_of
from tests.oracle.escalation.accounts import Account
from tests.oracle.escalation.changing import with_inline
from tests.oracle.layers import Identity


def result(account: Account, changed: Identity, inventory: Inventory | None = None) -> Expression:
    """Under which conditions somebody changed has everything, with the policies that `inventory` has."""
    around = inventory or account.inventory
    kind = "Role" if isinstance(changed, Role) else "User"
    own = {"iam:PermissionsBoundary": changed.boundary}
    writes = any_of(
        [
            account.may_changed(changed, around, f"iam:{verb}{kind}Policy", changed.arn, own)
            for verb in ("Put", "Attach")
        ]
    )
    return any_of((account.admin(changed, around), all_of((writes, account.admin(with_inline(changed), around)))))
