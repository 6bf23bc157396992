"""What a typed decoder says of JSON that does not fit, in the product's words."""

from __future__ import annotations

import re

import msgspec

_TYPES = {"str": "a string", "array": "a list", "object": "an object", "int": "a whole number", "bool": "true or false"}
_TYPES |= {"null": "null", "float": "a number"}
_NAME = re.compile(r"`([^`]+)`")


def in_words(error: msgspec.ValidationError) -> tuple[str, str]:
    """The path as far as it is known, such as .Statement[...].Effect, and what was expected there and what found."""
    what, _, path = str(error).partition(" - at `$")
    rule = _NAME.sub(lambda name: " or ".join(_TYPES.get(each, each) for each in name[1].split(" | ")), what)
    return path.removesuffix("`"), (rule[:1].lower() + rule[1:]).removeprefix("expected ")
