"""The columns of one drawing of the map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from iamviz.graph.model import Admin
from iamviz.policy.expression import Certainty


@dataclass(frozen=True, slots=True)
class Mark:
    """One node as it is drawn; `n` counts what it stands for, `parent` is the group that it lies in.

    `kind` is a node's, or "organizational-unit" or "identity-group" for a disc that stands for what lies in it.
    """

    id: str
    place: tuple[float, float]
    radius: float
    kind: str
    label: str
    n: int
    parent: str
    admin: Admin = "no"


@dataclass(slots=True)
class Level:
    """Parallel columns. Places are in map units around 0, 0; `n` of a node counts what it stands for."""

    id: list[str] = field(default_factory=list)
    x: list[float] = field(default_factory=list)
    y: list[float] = field(default_factory=list)
    r: list[float] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)
    label: list[str] = field(default_factory=list)
    n: list[int] = field(default_factory=list)
    parent: list[str] = field(default_factory=list)
    admin: list[Admin] = field(default_factory=list)
    source: list[int] = field(default_factory=list)
    target: list[int] = field(default_factory=list)
    edge_kind: list[str] = field(default_factory=list)
    certainty: list[str] = field(default_factory=list)
    edge_n: list[int] = field(default_factory=list)
    cross: list[bool] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    shown: int = 0
    total: int = 0
    edges_left_out: int = 0

    def add(self, mark: Mark) -> None:
        self.id.append(mark.id)
        self.x.append(round(mark.place[0], 3))
        self.y.append(round(mark.place[1], 3))
        self.r.append(round(mark.radius, 3))
        self.kind.append(mark.kind)
        self.label.append(mark.label)
        self.n.append(mark.n)
        self.parent.append(mark.parent)
        self.admin.append(mark.admin)

    def connect(self, source: int, target: int, kind: str, certainty: int, n: int, *, cross: bool) -> None:
        self.source.append(source)
        self.target.append(target)
        self.edge_kind.append(kind)
        self.certainty.append(Certainty(certainty).name.lower())
        self.edge_n.append(n)
        self.cross.append(cross)

    @property
    def legend(self) -> Mapping[str, int]:
        return Counter(self.kind)


@dataclass(frozen=True, slots=True)
class Group:
    """A disc that holds nodes: an OU, or the identities of one sort."""

    id: str
    label: str
    x: float
    y: float
    r: float
    parent: str = ""
