"""What is known of a user's keys, password and MFA: prerequisites of taking the user over."""

from __future__ import annotations

from collections.abc import Callable

from iamviz.inventory.model import User
from iamviz.policy.expression import ALWAYS, NEVER, Expression, Missing

MOST_KEYS = 2
"""Of a user. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"""

Fact = Callable[[User], Expression]


def has_room_for_a_key(user: User) -> Expression:
    """Whether it has fewer than two access keys, active or not."""
    return _of_keys(user, lambda count: count < MOST_KEYS)


def has_two_keys(user: User) -> Expression:
    return _of_keys(user, lambda count: count >= MOST_KEYS)


def has_password(user: User) -> Expression:
    """Whether it can sign in to the console."""
    enabled = user.credentials.password_enabled if user.credentials else None
    return Missing(f"whether {user.name} has a password was not collected") if enabled is None else _is(value=enabled)


def has_no_password(user: User) -> Expression:
    enabled = user.credentials.password_enabled if user.credentials else None
    return has_password(user) if enabled is None else _is(value=not enabled)


def has_mfa(user: User) -> Expression:
    active = user.credentials.mfa_active if user.credentials else None
    return Missing(f"whether {user.name} has an MFA device was not collected") if active is None else _is(value=active)


def _of_keys(user: User, enough: Callable[[int], bool]) -> Expression:
    keys = user.credentials.keys if user.credentials else None
    if keys is None:
        return Missing(f"how many access keys {user.name} has was not collected")
    return _is(value=enough(len(keys)))


def _is(*, value: bool) -> Expression:
    return ALWAYS if value else NEVER
