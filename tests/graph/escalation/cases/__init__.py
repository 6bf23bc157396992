"""Every method of escalation, found and not found."""

from __future__ import annotations

from tests.graph.escalation.cases import beyond, existing, identities, launches
from tests.graph.escalation.cases.case import Case

CASES: tuple[Case, ...] = (*identities.CASES, *launches.CASES, *existing.CASES, *beyond.CASES)
