"""Where things lie: the project's folder and the one folder that holds all state. Standard library only."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
"""The checkout."""


def data_folder() -> Path:
    """The folder of all state (IAMVIZ_DATA, else var/), made private to this user on first use."""
    folder = Path(os.environ.get("IAMVIZ_DATA") or ROOT / "var").expanduser().absolute()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def broker_url(folder: Path) -> str:
    """REDIS_URL, else the embedded broker's address that `up` noted in the data folder, else Redis's usual place."""
    chosen = os.environ.get("REDIS_URL")
    if chosen:
        return chosen
    try:
        return broker_note(folder).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return "redis://127.0.0.1:6379/0"


def broker_note(folder: Path) -> Path:
    """The file in which a running `up` says where its broker listens."""
    return folder / "broker-url"
