"""/read-denial/: who asked for what on what, out of a message that AWS printed."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from iamviz.api.finding import find_caller
from iamviz.api.questions import asked_body
from iamviz.api.rendering import node_ref
from iamviz.api.schema import operation
from iamviz.api.scope import RevisionView
from iamviz.api.simulated import DenialQuestionSerializer, DenialSerializer
from iamviz.policy.denial import read_denial


class DenialView(RevisionView):
    """A message that somebody pasted."""

    @operation(
        "readDenial",
        DenialSerializer,
        tag="decisions",
        takes=DenialQuestionSerializer,
        problems=(400, 403, 404, 413, 415),
    )
    def post(self, request: Request, **_: str) -> Response:
        """Caller, action and resource of an AccessDenied message. It is not kept: viewers may ask too."""
        found = read_denial(asked_body(DenialQuestionSerializer, request)["text"])
        caller = find_caller(self.graph, self.revision, found.caller or "")
        remarks = list(found.remarks)
        if found.caller is not None and caller is None:
            remarks.append(f"{found.caller} is no user or role of this revision.")
        return Response(
            {
                "caller": found.caller,
                "principal": None if caller is None else node_ref(self.graph, caller),
                "action": found.action,
                "resource": found.resource,
                "operation": found.operation,
                "explicit": found.explicit,
                "layer": found.denied_by,
                "policy": found.policy,
                "remarks": remarks,
            }
        )
