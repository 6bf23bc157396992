"""The settings that keep strangers out: shown on real answers, and on the settings of a set-up behind TLS."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from iamviz.operations.locations import ROOT

ASKED = [
    "DEBUG",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SECURE_HSTS_SECONDS",
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "SECURE_PROXY_SSL_HEADER",
]


def settings_with(data: Path, **variables: str) -> dict[str, Any]:
    """The product's settings in a process of their own, with these environment variables."""
    code = f"import json; from iamviz import settings; print(json.dumps({{n: getattr(settings, n) for n in {ASKED}}}))"
    kept = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "LANG"}}
    outcome = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**kept, "IAMVIZ_DATA": str(data), **variables},
        capture_output=True,
        text=True,
        check=True,
    )
    answer: dict[str, Any] = json.loads(outcome.stdout)
    return answer


def test_there_is_no_way_to_switch_debugging_on(tmp_path: Path) -> None:
    assert settings_with(tmp_path, DEBUG="1", DJANGO_DEBUG="1", IAMVIZ_DEBUG="1")["DEBUG"] is False


def test_behind_tls_cookies_travel_encrypted_only(tmp_path: Path) -> None:
    found = settings_with(tmp_path, IAMVIZ_TLS="1", IAMVIZ_HOSTS="iam.example.org")
    assert found["SESSION_COOKIE_SECURE"]
    assert found["CSRF_COOKIE_SECURE"]
    assert found["SECURE_HSTS_SECONDS"] > 0
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://iam.example.org"]


def test_the_word_of_a_proxy_about_tls_counts_only_where_the_operator_says_so(tmp_path: Path) -> None:
    assert settings_with(tmp_path)["SECURE_PROXY_SSL_HEADER"] is None
    assert settings_with(tmp_path, IAMVIZ_TRUST_PROXY="1")["SECURE_PROXY_SSL_HEADER"] == [
        "HTTP_X_FORWARDED_PROTO",
        "https",
    ]


def test_only_this_machines_names_are_answered_to_unless_hosts_are_added(tmp_path: Path) -> None:
    own = ["localhost", "127.0.0.1", "[::1]"]
    assert settings_with(tmp_path)["ALLOWED_HOSTS"] == own
    assert settings_with(tmp_path, IAMVIZ_HOSTS="a.example,b.example")["ALLOWED_HOSTS"] == [
        *own,
        "a.example",
        "b.example",
    ]


def test_passwords_are_kept_as_argon2(tmp_path: Path) -> None:
    source = (ROOT / "iamviz" / "settings.py").read_text(encoding="utf-8")
    assert re.search(r"PASSWORD_HASHERS = \[\"django.contrib.auth.hashers.Argon2PasswordHasher\"\]", source)


def test_an_answer_allows_no_inline_script_or_style_and_no_frame(client: Client) -> None:
    answer = client.get("/no-such-page/")
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
def test_the_session_cookie_is_out_of_reach_for_scripts_and_other_sites() -> None:
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == settings.CSRF_COOKIE_SAMESITE == "Lax"


def test_a_host_that_is_not_ours_gets_400(client: Client) -> None:
    assert client.get("/healthz", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("path", ["/no-such-page/", "/w/nobodys/r/1/map"])
@pytest.mark.django_db
def test_error_pages_have_no_inline_style_or_script(path: str, client: Client) -> None:
    body = client.get(path, follow=True).content.decode()
    assert "style=" not in body
    assert not re.search(r"<script(?![^>]*\bsrc=)", body)


def test_every_module_opens_with_one_line_that_says_what_lives_there() -> None:
    modules = [path for path in (ROOT / "iamviz").rglob("*.py") if "migrations" not in path.parts]
    silent = [str(path) for path in modules if path.read_text(encoding="utf-8").strip() and not _says_what(path)]
    assert silent == []


def _says_what(path: Path) -> bool:
    return re.match(r'"""\S.*\S', path.read_text(encoding="utf-8")) is not None
