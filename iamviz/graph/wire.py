"""IamGraph to bytes and back: one msgpack document, compressed; proofs stay packed until one is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, overload

import msgspec
import numpy as np
import zstandard
from numpy.typing import NDArray

from iamviz.graph.model import AccountNote, Evidence, IamGraph, Link, Proof, Trust
from iamviz.policy.expression import (
    All,
    Condition,
    Constant,
    Expression,
    Missing,
    Not,
    Test,
    all_of,
    any_of,
    negate,
)
from iamviz.policy.expression import Any as AnyOf

VERSION: Literal[2] = 2

Packed = tuple[Any, ...]
PackedProof = tuple[Packed, tuple[Evidence, ...]]


class _Columns(msgspec.Struct, array_like=True):
    version: Literal[2]
    ids: list[str]
    names: list[str]
    kind_of: bytes
    account_of: bytes
    admin: bytes
    power: bytes
    accounts: list[AccountNote]
    source: bytes
    target: bytes
    edge_kind: bytes
    edge_certainty: bytes
    edge_method: bytes
    methods: list[str]
    proof_of: bytes
    proofs: list[bytes]
    blocked: list[Link]
    trusts: list[tuple[str, str, int, str | None, Packed, str]]
    slots: dict[str, int]


_WAYS = msgspec.msgpack.Decoder(list[tuple[msgspec.Raw, msgspec.Raw]])


class PackedProofs(Sequence[tuple[Proof, ...]]):
    """The proofs of each edge, unpacked when asked for. Equal ones are stored once."""

    def __init__(self, proof_of: NDArray[np.int32], packed: Sequence[bytes]) -> None:
        self.proof_of = proof_of
        self.packed = packed
        self._expressions: dict[tuple[bytes, ...], Expression] = {}

    def __len__(self) -> int:
        return len(self.proof_of)

    @overload
    def __getitem__(self, edge: int) -> tuple[Proof, ...]: ...
    @overload
    def __getitem__(self, edge: slice) -> Sequence[tuple[Proof, ...]]: ...
    def __getitem__(self, edge: int | slice) -> tuple[Proof, ...] | Sequence[tuple[Proof, ...]]:
        if isinstance(edge, slice):
            return [self[each] for each in range(*edge.indices(len(self)))]
        return _unpack_proofs(self.packed[self.proof_of[edge]])

    def expression(self, edge: int) -> Expression:
        """Under which conditions the edge holds; proofs that differ in their evidence only share it."""
        ways = _WAYS.decode(self.packed[self.proof_of[edge]])
        key = tuple([bytes(expression) for expression, _ in ways])
        if key not in self._expressions:
            self._expressions[key] = any_of(unpack_expression(msgspec.msgpack.decode(each)) for each in key)
        return self._expressions[key]


def encode_graph(graph: IamGraph) -> bytes:
    """The graph as it is stored in the revision's row."""
    packed = _pack_all(graph.proofs)
    columns = _Columns(
        VERSION,
        list(graph.ids),
        list(graph.names),
        graph.kind_of.tobytes(),
        graph.account_of.tobytes(),
        graph.admin.tobytes(),
        graph.power.tobytes(),
        list(graph.accounts),
        graph.source.tobytes(),
        graph.target.tobytes(),
        graph.edge_kind.tobytes(),
        graph.edge_certainty.tobytes(),
        graph.edge_method.tobytes(),
        list(graph.methods),
        packed.proof_of.tobytes(),
        list(packed.packed),
        list(graph.blocked),
        [_pack_trust(trust) for trust in graph.trusts],
        dict(graph.slots),
    )
    return zstandard.compress(msgspec.msgpack.encode(columns), 3)


def decode_graph(blob: bytes) -> IamGraph:
    """What encode_graph stored. Raises zstandard.ZstdError or msgspec.MsgspecError on anything else."""
    columns = msgspec.msgpack.decode(zstandard.decompress(blob), type=_Columns)
    return IamGraph(
        ids=columns.ids,
        names=columns.names,
        kind_of=np.frombuffer(columns.kind_of, dtype=np.int8),
        account_of=np.frombuffer(columns.account_of, dtype=np.int32),
        admin=np.frombuffer(columns.admin, dtype=np.int8),
        power=np.frombuffer(columns.power, dtype=np.int8),
        accounts=columns.accounts,
        source=np.frombuffer(columns.source, dtype=np.int32),
        target=np.frombuffer(columns.target, dtype=np.int32),
        edge_kind=np.frombuffer(columns.edge_kind, dtype=np.int8),
        edge_certainty=np.frombuffer(columns.edge_certainty, dtype=np.int8),
        edge_method=np.frombuffer(columns.edge_method, dtype=np.int16),
        methods=columns.methods,
        proofs=PackedProofs(np.frombuffer(columns.proof_of, dtype=np.int32), columns.proofs),
        blocked=columns.blocked,
        trusts=[_unpack_trust(packed) for packed in columns.trusts],
        slots=columns.slots,
    )


def _pack_all(proofs: Sequence[tuple[Proof, ...]]) -> PackedProofs:
    if isinstance(proofs, PackedProofs):
        return proofs
    number: dict[tuple[Proof, ...], int] = {}
    proof_of = np.array([number.setdefault(each, len(number)) for each in proofs], dtype=np.int32)
    return PackedProofs(proof_of, [_pack_proofs(each) for each in number])


def _pack_proofs(proofs: Sequence[Proof]) -> bytes:
    return msgspec.msgpack.encode([(pack_expression(proof.expression), proof.evidence) for proof in proofs])


def _unpack_proofs(packed: bytes) -> tuple[Proof, ...]:
    found = msgspec.msgpack.decode(packed, type=list[PackedProof])
    return tuple(Proof(unpack_expression(expression), evidence) for expression, evidence in found)


def _pack_trust(trust: Trust) -> tuple[str, str, int, str | None, Packed, str]:
    expression = pack_expression(trust.expression)
    return trust.role, trust.principal, trust.statement, trust.sid, expression, trust.level


def _unpack_trust(packed: tuple[str, str, int, str | None, Packed, str]) -> Trust:
    role, principal, statement, sid, expression, level = packed
    return Trust(role, principal, statement, sid, unpack_expression(expression), level)  # type: ignore[arg-type]  # written by _pack_trust


def pack_expression(term: Expression) -> Packed:
    """The expression as nested tuples: a letter for the node, then its parts, in an order of their own."""
    match term:
        case Constant(value):
            return ("c", value)
        case Missing(reason):
            return ("m", reason)
        case Test(condition):
            return ("t", condition.operator, condition.key, condition.values)
        case Not(inner):
            return ("n", pack_expression(inner))
        case All(terms):
            return ("a", *sorted(map(pack_expression, terms), key=repr))
        case AnyOf(terms):
            return ("o", *sorted(map(pack_expression, terms), key=repr))


def unpack_expression(packed: Sequence[Any]) -> Expression:
    """What pack_expression packed."""
    letter, *parts = packed
    match letter:
        case "c":
            return Constant(value=parts[0])
        case "m":
            return Missing(parts[0])
        case "t":
            return Test(Condition(parts[0], parts[1], tuple(parts[2])))
        case "n":
            return negate(unpack_expression(parts[0]))
        case "a":
            return all_of(map(unpack_expression, parts))
        case _:
            return any_of(map(unpack_expression, parts))
