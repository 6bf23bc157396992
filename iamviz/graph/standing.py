"""What the layers of a caller say of an action."""

from __future__ import annotations

from dataclasses import dataclass

from iamviz.policy.layers import Layer


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """What the layers of the caller alone say of one action: the same object wherever they say the same.

    `own`: it hangs on who of its kind and account the caller is.
    """

    identity: Layer
    boundary: Layer | None
    scps: tuple[Layer, ...]
    own: bool
