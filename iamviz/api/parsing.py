"""How bodies become values: JSON, with a hostile depth and keys that stand twice refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from iamviz.policy.elements import UnreadableDocument
from iamviz.policy.repeated import decode_strictly


class BoundedJSONParser(JSONParser):
    """JSON; what cannot be read, or read in two ways, is the client's mistake and not ours."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:  # noqa: ARG002  # as the base class has it
        encoding = (parser_context or {}).get("encoding", settings.DEFAULT_CHARSET)
        try:
            return decode_strictly(stream.read().decode(encoding))
        except RecursionError:
            raise ParseError("The JSON is nested too deeply.") from None
        except UnreadableDocument as error:
            raise ParseError(f"The JSON cannot be read: {error}.") from None
        except ValueError as error:
            raise ParseError(f"JSON parse error - {error}") from None
