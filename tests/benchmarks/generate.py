"""Makes an organization of any size from a seed, in the formats that users upload: `-m tests.benchmarks.generate`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from msgspec import json

from tests.benchmarks.account import AccountMaker
from tests.benchmarks.documents import Json
from tests.benchmarks.guardrails import organization
from tests.benchmarks.names import Names


def generate(accounts: int, identities: int, *, seed: int) -> Iterator[tuple[str, bytes]]:
    """File names and texts, one account at a time, indented as AWS CLI prints them."""
    names = Names(accounts, identities, seed=seed)
    yield "organization.json", _printed(organization(names))
    for position, account in enumerate(names.accounts):
        yield f"accounts/{account}.json", _printed(AccountMaker(names, position, seed=seed).details())


def _printed(value: Json) -> bytes:
    return json.format(json.encode(value), indent=4)


def write(folder: Path, accounts: int, identities: int, *, seed: int = 1) -> list[Path]:
    """Write an organization into a folder and return its files."""
    paths = []
    for name, text in generate(accounts, identities, seed=seed):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
        paths.append(path)
    return paths


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.generate", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--accounts", type=int, default=50)
    parser.add_argument("--identities", type=int, default=120, help="users and roles of each account")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    paths = write(chosen.folder, chosen.accounts, chosen.identities, seed=chosen.seed)
    size = sum(path.stat().st_size for path in paths)
    sys.stdout.write(f"{len(paths)} files, {size / 1e6:.1f} MB in {chosen.folder}\n")


if __name__ == "__main__":
    main()
