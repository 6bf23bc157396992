"""/evaluate/: whether an identity may do something, decided as AWS does from the policies of the revision."""

from __future__ import annotations

from functools import partial
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from iamviz.api.changes import changes_of
from iamviz.api.deciding import deciding_of, documents_of
from iamviz.api.documents import find_holder
from iamviz.api.finding import find_caller, find_node
from iamviz.api.pasted import read_pasted, remarks_on
from iamviz.api.problems import bad_parameter
from iamviz.api.questions import asked_body
from iamviz.api.rendering import node_ref
from iamviz.api.schema import operation
from iamviz.api.scope import RevisionView
from iamviz.api.simulated import EvaluationQuestionSerializer, EvaluationSerializer
from iamviz.api.simulation import Question, Simulation, simulate
from iamviz.api.verdicts import verdicts_of
from iamviz.graph.model import IamGraph
from iamviz.inventory.model import Role, User
from iamviz.policy.arn import account_of, parse_arn
from iamviz.policy.catalogue import catalogue
from iamviz.policy.decision import Decision, decide
from iamviz.policy.resources import EVERYTHING
from iamviz.snapshots.reading import load_inventory, load_organization


class EvaluateView(RevisionView):
    """A request that nobody has made."""

    @operation(
        "evaluate",
        EvaluationSerializer,
        tag="decisions",
        takes=EvaluationQuestionSerializer,
        problems=(400, 403, 404, 413, 415),
    )
    def post(self, request: Request, **_: str) -> Response:
        """Whether AWS would allow it, by which statements, or what would have to change. Nothing is called."""
        asked = asked_body(EvaluationQuestionSerializer, request)
        if asked["resource"] != EVERYTHING and parse_arn(asked["resource"]) is None:
            raise bad_parameter("resource", "Must be an ARN of six fields, or `*`.")
        node = self._principal(asked["principal"])
        simulation = simulate(
            self._question(node, asked), partial(load_inventory, self.revision), load_organization(self.revision)
        )
        return Response(evaluation_of(self.graph, node, simulation))

    def _principal(self, text: str) -> int:
        node = find_caller(self.graph, self.revision, text) if text.startswith("arn:") else None
        node = find_node(self.graph, self.revision, text) if node is None else node
        if self.graph.kind(node) not in {"user", "role"}:
            raise bad_parameter("principal", "Must be a user or a role: nobody else has policies of its own here.")
        return node

    def _question(self, node: int, asked: dict[str, Any]) -> Question:
        arn = self.graph.ids[node]
        holder = find_holder(load_inventory(self.revision, account_of(arn) or ""), arn)
        assert isinstance(holder, User | Role), "nodes of users and roles are made from inventories"
        return Question(
            holder,
            _caller(asked["principal"], arn),
            asked["action"],
            asked["resource"],
            asked["resource_account"],
            {key: tuple(value) if isinstance(value, list) else value for key, value in asked["context"].items()},
            is_complete=not asked["unknown_context"],
            pasted=read_pasted("resource_policy", asked["resource_policy"] or ""),
        )


def _caller(asked: str, arn: str) -> str:
    """The session's own ARN if one was asked about."""
    parsed = parse_arn(asked)
    is_session = parsed is not None and parsed.kind == "assumed-role" and parsed.resource.count("/") >= 2  # noqa: PLR2004  # role and session
    return asked if is_session else arn


def evaluation_of(graph: IamGraph, node: int, simulation: Simulation) -> dict[str, Any]:
    """The decision with all that was decided by."""
    question = simulation.question
    decision = decide(simulation.request, simulation.compiled())
    word = decision_word(decision)
    seen = decide(simulation.request, simulation.compiled(with_missing=False)) if word == "unknown" else None
    given = {key.casefold() for key in question.given}
    return {
        "principal": node_ref(graph, node),
        "caller": question.caller,
        "action": question.action,
        "resource": question.resource,
        "resource_account": simulation.request.resource_account or None,
        "decision": word,
        "otherwise": decision_word(seen) if seen else None,
        "because": deciding_of(simulation, decision.because),
        "blocked_by": list(decision.blocked_by),
        "depends_on": list(decision.depends_on),
        "missing": list(decision.missing),
        "layers": verdicts_of(simulation, decision),
        "documents": documents_of(simulation, decision),
        "changes": changes_of(simulation, decision),
        "remarks": remarks_on(simulation),
        "context": [
            {
                "key": catalogue().key_casing(key),
                "values": [value] if isinstance(value, str) else None if value is None else list(value),
                "given": key.casefold() in given,
            }
            for key, value in sorted(simulation.known.items(), key=lambda each: each[0].casefold())
        ],
    }


def decision_word(decision: Decision) -> str:
    """What hangs on nothing but missing documents is unknown, not conditional."""
    is_unknown = decision.outcome == "conditional" and decision.missing and not decision.depends_on
    return "unknown" if is_unknown else decision.outcome
