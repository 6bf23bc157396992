"""Case tables: JSON files by topic, each case with a line of why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark.structures import ParameterSet

FOLDER = Path(__file__).parent / "cases"


def cases(topic: str) -> list[ParameterSet]:
    """The cases of a topic, named by what they show."""
    table: list[dict[str, Any]] = json.loads((FOLDER / f"{topic}.json").read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["why"]) for case in table]
