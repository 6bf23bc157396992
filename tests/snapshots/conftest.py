"""The cast, and a store of contents that each test has for itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cast import alice, bob, charlie, workspace

__all__ = ["alice", "bob", "charlie", "workspace"]


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, settings: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "store"},
        },
    }
