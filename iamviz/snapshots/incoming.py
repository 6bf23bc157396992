"""How files of a request come in: to disk piece by piece, hashed on the way, refused when they grow too large."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler

MOST_BYTES = 4 * 1024**3
"""Of one request, unless IAMVIZ_UPLOAD_BYTES says otherwise."""


def most_bytes() -> int:
    return int(getattr(settings, "IAMVIZ_UPLOAD_BYTES", MOST_BYTES))


class HashingUploadHandler(TemporaryFileUploadHandler):
    """Gives each uploaded file a `sha256`. Beyond the limit the request is cut and `too_large` is set on it."""

    received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._digest = hashlib.sha256()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.received > most_bytes():
            setattr(self.request, "too_large", True)  # noqa: B010  # a mark of ours on Django's request
            raise StopUpload(connection_reset=True)
        self._digest.update(raw_data)
        super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        file = super().file_complete(file_size)
        if file is not None:
            setattr(file, "sha256", self._digest.hexdigest())  # noqa: B010  # read by uploads.receive
        return file
