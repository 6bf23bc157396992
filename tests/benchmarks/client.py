"""A client of the REST API: signs in like a browser, uploads, waits until the result can be explored."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from tests.stack import Stack

POLL = 0.03
PATIENCE = 300.0
OVER = {"published", "unchanged", "failed", "cancelled"}


class Client:
    """One member's session, in his first workspace that is not the sample."""

    def __init__(self, stack: Stack) -> None:
        self.address = stack.address
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self._send("/sign-in/").close()
        form = {"username": stack.email, "password": stack.password, "csrfmiddlewaretoken": self.csrf}
        self._send("/sign-in/", urlencode(form).encode(), "application/x-www-form-urlencoded").close()
        self.workspace = self.get("/api/v1/me/")["workspaces"][0]["slug"]

    @property
    def csrf(self) -> str:
        return next((cookie.value or "" for cookie in self.cookies if cookie.name == "iamviz_csrf"), "")

    def get(self, path: str) -> Any:
        with self._send(path) as answer:
            return json.load(answer)

    def upload(self, paths: Sequence[Path], *, watch: Callable[[], None]) -> tuple[float, Mapping[str, Any]]:
        """Seconds from sending to the map's first answer, and the upload in the end. `watch` is called in between."""
        body, kind = _form([(path.name, path.read_bytes()) for path in paths])
        started = time.monotonic()
        here = f"/api/v1/workspaces/{self.workspace}"
        with self._send(f"{here}/uploads/", body, kind) as answer:
            upload = json.load(answer)
        while upload["state"] not in OVER and time.monotonic() < started + PATIENCE:
            watch()
            time.sleep(POLL)
            upload = self.get(f"{here}/uploads/{upload['id']}/")
        if upload["state"] != "published":
            raise RuntimeError(f"the upload ended as {upload['state']}: {upload['error']}")
        self.get(f"{here}/revisions/{upload['revision']}/graph/?level=account")
        return time.monotonic() - started, upload

    def _send(self, path: str, body: bytes | None = None, kind: str = "") -> HTTPResponse:
        request = urllib.request.Request(self.address + path, body)  # noqa: S310  # our own server
        request.add_header("Referer", self.address + path)
        if body is not None:
            request.add_header("Content-Type", kind)
            request.add_header("X-CSRFToken", self.csrf)
        answer: HTTPResponse = self.opener.open(request, timeout=120)
        return answer


def _form(files: Sequence[tuple[str, bytes]]) -> tuple[bytes, str]:
    """A multipart form with every file under `files`."""
    mark = uuid4().hex
    parts = []
    for name, content in files:
        head = f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
        parts += [head.encode(), b"Content-Type: application/octet-stream\r\n\r\n", content, b"\r\n"]
    return b"".join([*parts, f"--{mark}--\r\n".encode()]), f"multipart/form-data; boundary={mark}"
