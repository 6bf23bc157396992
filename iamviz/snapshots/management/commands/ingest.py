"""Upload files from the shell: what a browser upload does. Waits, shows progress; exit 0 done, 2 bad input."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from django.core.files.base import File
from django.core.management.base import BaseCommand, CommandError, CommandParser

from iamviz.snapshots.messages import Message, queue_answers
from iamviz.snapshots.models import Upload
from iamviz.snapshots.running import work_off
from iamviz.snapshots.uploads import Incoming, UploadRefused, receive
from iamviz.workspaces.naming import create_workspace, find_workspace

BAD_INPUT = 2
LOOK_EVERY = 0.2


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="files, folders or archives; - is standard input")
        parser.add_argument("--workspace", required=True, help="slug or name; made if there is none")
        parser.add_argument(
            "--here", action="store_true", help="do the work in this process, whether workers run or not"
        )

    def handle(self, *_: object, paths: list[str], workspace: str, here: bool, **__: object) -> None:
        queued = not here and queue_answers()
        self.stderr.write(
            "The workers do the work." if queued else "No queue answers: the work is done in this process."
        )
        upload = self._send(workspace, paths, queued=queued)
        shown = 0
        for _step in _steps(upload, queued=queued):
            shown = self._show(upload, shown)
        self._tell(upload)

    def _send(self, workspace: str, paths: list[str], *, queued: bool) -> Upload:
        with ExitStack() as opened:
            try:
                files = [_open(path, name, opened) for path, name in _files(paths)]
                place = find_workspace(workspace) or create_workspace(workspace)
                return receive(place, None, files, Upload.Source.SHELL, queued=queued)
            except OSError as error:
                raise CommandError(
                    f"{error.filename}: cannot be read: {error.strerror}", returncode=BAD_INPUT
                ) from error
            except UploadRefused as error:
                raise CommandError(str(error), returncode=BAD_INPUT) from error

    def _show(self, upload: Upload, shown: int) -> int:
        """Print the lines of progress after number `shown`; the last number."""
        upload.refresh_from_db()
        for event in upload.events.filter(pk__gt=shown):
            shown = event.pk
            self.stderr.write(f"{event.get_step_display():<11}{event.account:<13}{event.text}")
        return shown

    def _tell(self, upload: Upload) -> None:
        for file in upload.files.all():
            for rejection in file.rejections:
                text = f"{rejection['file']}: {rejection['place']}: {rejection['rule']} {rejection['remedy']}"
                self.stderr.write(text)
        if upload.revision is None:
            raise CommandError(upload.error or f"The upload was {upload.state}.", returncode=BAD_INPUT)
        self.stdout.write(f"Upload {upload.pk}: {upload.state}, revision {upload.revision.number}")


def _steps(upload: Upload, *, queued: bool) -> Iterator[None]:
    """Returns after each step done here, or now and then while workers work; the last time when all is done."""
    if not queued:
        for _ in work_off(Message("read", upload.pk)):
            yield
    while not upload.finished_for_good:
        time.sleep(LOOK_EVERY)
        yield


def _files(paths: list[str]) -> Iterator[tuple[Path, str]]:
    """Every file and the name that it is told by."""
    for text in paths:
        path = Path("/dev/stdin") if text == "-" else Path(text)
        if not path.is_dir():
            yield path, "standard input" if text == "-" else path.name
            continue
        for file in sorted(path.rglob("*")):
            if file.is_file() and not file.is_symlink():
                yield file, f"{path.resolve().name}/{file.relative_to(path).as_posix()}"


def _open(path: Path, name: str, opened: ExitStack) -> Incoming:
    if path == Path("/dev/stdin"):
        return Incoming(name, _standard_input(opened))
    modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return Incoming(name, File(opened.enter_context(path.open("rb"))), modified)


def _standard_input(opened: ExitStack) -> File:
    copy = opened.enter_context(tempfile.TemporaryFile())  # noqa: SIM115  # the stack closes it
    shutil.copyfileobj(sys.stdin.buffer, copy)
    return File(copy)
