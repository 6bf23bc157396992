"""Every address below /api/ that is none: a problem document like every other error."""

from __future__ import annotations

from typing import Any, NoReturn

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from iamviz.api.problems import NotFound


@extend_schema(exclude=True)
class NowhereView(APIView):
    """Answers for addresses that are none."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> NoReturn:
        super().initial(request, *args, **kwargs)
        raise NotFound("There is nothing at this address. Addresses end with a slash; /api/docs/ lists them.")

    def get(self, request: Request) -> NoReturn:  # noqa: ARG002  # DRF's
        """Only there so that GET is a method; `initial` has answered already."""
        raise NotFound
