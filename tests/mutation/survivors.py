"""What each surviving mutant changes, as JSON: run as a script in the folder of run.py, with the names as arguments."""

from __future__ import annotations

import json
import sys

from mutmut.mutation.diff_apply import find_mutant, get_diff_for_mutant


def change(name: str) -> dict[str, str]:
    """The lines that are gone and those in their place, each joined to one."""
    lines = get_diff_for_mutant(name, path=find_mutant(name).path).splitlines()
    told = [line for line in lines if not line.startswith(("---", "+++"))]
    gone, new = ([line[1:].strip() for line in told if line.startswith(sign)] for sign in "-+")
    return {"name": name, "before": " ".join(gone), "after": " ".join(new)}


if __name__ == "__main__":
    json.dump([change(name) for name in sys.argv[1:]], sys.stdout)
