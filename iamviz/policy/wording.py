"""What a typed decoder says of JSON that does not fit, in the product's words."""

from __future__ import annotations

import re

import msgspec

_AT = re.compile(r"^(?P<what>.*?)(?: - at `\$(?P<path>.*)`)?$", re.DOTALL)
_TYPES = {"str": "a string", "array": "a list", "object": "an object", "int": "a whole number", "bool": "true or false"}
_TYPES |= {"null": "null", "float": "a number"}
_NAME = re.compile(r"`([^`]+)`")


def in_words(error: msgspec.ValidationError) -> tuple[str, str]:
    """The path as far as it is known, such as .Statement[...].Effect, and what was expected there and what found."""
    match = _AT.match(str(error))
    what, path = (match["what"], match["path"] or "") if match else (str(error), "")
    rule = _NAME.sub(lambda name: " or ".join(_TYPES.get(each, each) for each in name[1].split(" | ")), what)
    return path, (rule[:1].lower() + rule[1:]).removeprefix("expected ")
