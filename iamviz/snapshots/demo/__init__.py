"""The demo organization: an invented freight company, built by code in the formats that users upload."""

from __future__ import annotations

from iamviz.snapshots.demo.bundle import build_demo

__all__ = ["build_demo"]
