"""Says whether two files hold the same; shows the first differences if not. Run as a program by a check."""

from __future__ import annotations

import difflib
import sys
from itertools import islice
from pathlib import Path

SHOWN = 60


def differences(fresh: Path, committed: Path) -> list[str]:
    """The first lines of a unified diff from what is committed to what the code makes now."""
    if not committed.exists():
        return [f"{committed} does not exist"]
    old, new = (path.read_text(encoding="utf-8").splitlines() for path in (committed, fresh))
    return list(islice(difflib.unified_diff(old, new, str(committed), str(fresh), lineterm=""), SHOWN))


def main(fresh: str, committed: str) -> int:
    found = differences(Path(fresh), Path(committed))
    if found:
        sys.stdout.write("\n".join([*found, f"{committed} is out of date: make it anew and commit it.", ""]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
