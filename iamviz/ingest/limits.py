"""How much an upload may cost before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, decompressed."""

    file_bytes: int = 256 * MEGABYTE
    total_bytes: int = 8 * 1024 * MEGABYTE
    ratio: int = 100
    """Decompressed to compressed. IAM JSON reaches 16 under gzip."""
    ratio_floor: int = 4 * MEGABYTE
    """Below this size the ratio is not looked at: a small file of repetitions harms nobody."""
    entries: int = 20_000
    nesting: int = 3
    """Archives inside archives."""


DEFAULT_LIMITS = Limits()
JSON_DEPTH = 64
DOCUMENT_CHARACTERS = 131_072
AWS_DOCUMENT_CHARACTERS = 1_048_576
"""AWS's own managed policies ignore the documented limit: the largest has 152,000 characters."""
DOCUMENT_STATEMENTS = 2_000
