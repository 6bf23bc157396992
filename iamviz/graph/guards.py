"""The organization's guardrails as layers: which SCPs and RCPs reach an account, level by level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from iamviz.graph.library import reads_own_keys
from iamviz.graph.model import Evidence, Side
from iamviz.inventory.guardrails import Guardrails, GuardrailType, guardrails_of
from iamviz.inventory.guardrails import Level as GuardrailLevel
from iamviz.inventory.model import Guardrail, Organization
from iamviz.policy.layers import Clause, Compiled, Layer, Policy
from iamviz.policy.resources import PolicyType

SCP: GuardrailType = "SERVICE_CONTROL_POLICY"
RCP: GuardrailType = "RESOURCE_CONTROL_POLICY"
_KINDS: dict[GuardrailType, PolicyType] = {SCP: "scp", RCP: "rcp"}


def _reads_own_keys(layers: Iterable[Layer], action: str) -> bool:
    return any(reads_own_keys(clause.statement) for layer in layers for clause in layer.about(action).clauses)


class Guards:
    """Layers by account; targets that several accounts share are compiled once."""

    def __init__(self, organization: Organization | None) -> None:
        self._organization = organization
        self._accounts: dict[tuple[GuardrailType, str], tuple[Layer, ...]] = {}
        self._shared: dict[tuple[Layer, ...], tuple[Layer, ...]] = {}
        self._levels: dict[tuple[GuardrailType, str], Layer] = {}
        self._policies: dict[str, Policy] = {}
        self._clauses: dict[tuple[str, str], list[Clause]] = {}
        self._particular: dict[tuple[int, str], bool] = {}

    def scps(self, account: str) -> tuple[Layer, ...]:
        """What limits the principals of the account; none where there is no organization, or it is exempt."""
        return self._of(SCP, account)

    def rcps(self, account: str) -> tuple[Layer, ...]:
        """What limits access to the resources of the account."""
        return self._of(RCP, account)

    def is_particular(self, account: str, action: str) -> bool:
        """Whether what limits the account's principals in this hangs on who calls."""
        return self._are_particular(self.scps(account), action)

    def _are_particular(self, layers: tuple[Layer, ...], action: str) -> bool:
        key = id(layers), action
        found = self._particular.get(key)
        if found is None:
            found = self._particular[key] = _reads_own_keys(layers, action)
        return found

    def clauses_on(self, account: str, action: str) -> list[Clause]:
        """The Deny statements that limit access to the account's resources in this."""
        key = account, action
        if key not in self._clauses:
            self._clauses[key] = [each for layer in self.rcps(account) for each in layer.about(action).denies]
        return self._clauses[key]

    def missing_on(self, account: str) -> frozenset[str]:
        """What is not known of the limits on the account's resources."""
        return frozenset(missing for layer in self.rcps(account) for missing in layer.missing)

    def evidence(self, side: Side, clause: Clause) -> Iterator[Evidence]:
        """The clause of a guardrail; `owner` is the policy's id."""
        policy, _, identifier = clause.policy.rpartition(" ")
        statement = clause.statement
        yield Evidence(side, policy, identifier, statement.index, statement.sid, statement.effect)

    def _of(self, kind: GuardrailType, account: str) -> tuple[Layer, ...]:
        key = kind, account
        found = self._accounts.get(key)
        if found is None:
            layers = tuple(self._layers(kind, guardrails_of(self._organization, account, kind)))
            # Accounts under the same levels share them: who asks for many tells them apart by identity.
            found = self._accounts[key] = self._shared.setdefault(layers, layers)
        return found

    def _layers(self, kind: GuardrailType, found: Guardrails) -> Iterator[Layer]:
        if found.standing == "unknown":
            yield Layer(_KINDS[kind], (Policy("", None, found.reason),))
        for level in found.levels:
            # AWS leaves no target without a policy: where none is listed the export is incomplete.
            if level.policies:
                yield self._level(kind, level)

    def _level(self, kind: GuardrailType, level: GuardrailLevel) -> Layer:
        key = kind, level.target
        if key not in self._levels:
            self._levels[key] = Layer(_KINDS[kind], map(self._policy, level.policies))
        return self._levels[key]

    def _policy(self, guardrail: Guardrail) -> Policy:
        if guardrail.id not in self._policies:
            document = guardrail.document.document
            name = f"{guardrail.name} {guardrail.id}"
            missing = f"the document of the policy {guardrail.name} cannot be read: {guardrail.document.problem}"
            self._policies[guardrail.id] = Policy(name, Compiled(document) if document else None, missing)
        return self._policies[guardrail.id]
