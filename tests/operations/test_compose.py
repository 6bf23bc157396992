"""The compose file, by its shape: there is no container engine where the tests run."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from iamviz.operations.locations import ROOT

IAMVIZ = ("web", "worker")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return loaded


def test_there_are_web_worker_database_and_broker_and_all_come_back(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {"web", "worker", "postgresql", "redis"}
    assert {service["restart"] for service in compose["services"].values()} == {"unless-stopped"}


def test_web_and_worker_share_image_settings_and_data(compose: dict[str, Any]) -> None:
    web, worker = (compose["services"][name] for name in IAMVIZ)
    for key in ("image", "environment", "volumes"):
        assert web[key] == worker[key]


def test_each_volume_and_each_service_that_is_named_exists(compose: dict[str, Any]) -> None:
    services = compose["services"]
    volumes = {volume.partition(":")[0] for service in services.values() for volume in service.get("volumes", [])}
    needed = {name for service in services.values() for name in service.get("depends_on", {})}
    assert volumes == set(compose["volumes"])
    assert needed <= set(services)
    assert all("healthcheck" in services[name] for name in needed)


def test_the_web_is_published_to_this_machine_only_unless_told_otherwise(compose: dict[str, Any]) -> None:
    assert compose["services"]["web"]["ports"] == ["${IAMVIZ_PORT:-127.0.0.1:8000}:8000"]
    assert all("ports" not in service for name, service in compose["services"].items() if name != "web")


def test_everything_that_the_image_copies_is_in_the_checkout_or_built_in_it(compose: dict[str, Any]) -> None:
    lines = compose["services"]["web"]["build"]["dockerfile_inline"].splitlines()
    copies = [line.split()[1:-1] for line in lines if line.startswith("COPY") and "--from" not in line]
    assert copies
    assert [name for names in copies for name in names if not (ROOT / name).exists()] == []


def test_no_password_is_written_down(compose: dict[str, Any]) -> None:
    secret = compose["services"]["postgresql"]["environment"]["POSTGRES_PASSWORD"]
    assert secret.startswith("${POSTGRES_PASSWORD:?")
