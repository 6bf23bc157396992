"""What a method needs done to a thing that is yet to be made, or of which no more than its type is known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from iamviz.policy.catalogue import catalogue


@dataclass(frozen=True, slots=True)
class New:
    """Actions on one thing that is yet to be made, or of which no more than its type is known.

    `type` is its resource type where the first action takes several; `within` a value for a variable of its ARN;
    `keys` are condition keys that are known of the requests.
    """

    actions: tuple[str, ...]
    type: str = ""
    within: tuple[str, str] | None = None
    keys: tuple[tuple[str, str | None], ...] = ()

    @property
    def kind(self) -> str:
        """The template of its ARN, empty for actions without any."""
        template = kind_of(self.actions[0], self.type)
        return template if self.within is None else template.replace(*self.within)


def new(*actions: str, of: str = "") -> New:
    """Actions on one new thing."""
    return New(actions, of)


@cache
def kind_of(action: str, resource_type: str = "") -> str:
    """The template of the ARN that an action acts on; where it takes several types, the one that is named."""
    known = catalogue().action(action)
    if known is None or not known.resource_types:
        return ""
    types = [each.lower() for each in known.resource_types]
    return known.resource_arns[types.index(resource_type) if resource_type else 0]
