"""Uploaded text on its way into rows: whatever it holds, a database can store it."""

from __future__ import annotations

from typing import Any


def storable(text: str) -> str:
    """The text without what PostgreSQL refuses: the character NUL, and halves of surrogate pairs."""
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()


def storable_json(value: Any) -> Any:
    """The same for every text in decoded JSON."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(key): storable_json(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [storable_json(each) for each in value]
    return value
