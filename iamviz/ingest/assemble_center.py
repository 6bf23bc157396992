"""Identity Center, from the commands of the account that administers it."""

from __future__ import annotations

from iamviz.ingest.command_contents import CommandOutputs
from iamviz.inventory.identity_center import IdentityCenter, PermissionSet


def build_identity_center(commands: CommandOutputs) -> IdentityCenter | None:
    """None where no command told of it."""
    told = (
        commands.center_instances,
        _permission_sets(commands),
        commands.assignments,
        commands.people,
        commands.memberships,
    )
    return None if all(each is None for each in told) else IdentityCenter(*told)


def _permission_sets(commands: CommandOutputs) -> tuple[PermissionSet, ...] | None:
    """Those described, and those of which only the ARN was listed or is named by an assignment."""
    if commands.permission_sets is None and commands.listed_sets is None and not commands.assignments:
        return None
    arns = {*(commands.listed_sets or ()), *(each.permission_set for each in commands.assignments or ())}
    found = {arn: PermissionSet(arn) for arn in arns} | {each.arn: each for each in commands.permission_sets or ()}
    return tuple(found[arn] for arn in sorted(found))
