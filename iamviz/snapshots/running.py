"""Running one step of a job: claim the row, work, and turn whatever goes wrong into a state of the row."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator, Sequence

from django.db import InterfaceError, OperationalError

from iamviz.snapshots.analysing import analyse
from iamviz.snapshots.jobs import LeaseLost
from iamviz.snapshots.messages import Message, Step
from iamviz.snapshots.models import Chunk, Upload
from iamviz.snapshots.outcome import UnusableUpload
from iamviz.snapshots.planning import read
from iamviz.snapshots.read_chunk import read_chunk

log = logging.getLogger(__name__)

OUR_MISTAKE = (
    "iamviz made a mistake of its own ({kind}: {text}). Nothing was published, and what was published before stays. "
    "Retry; if it happens again, report it with the lines of the log about {job}."
)
READ = (Upload.State.QUEUED, Upload.State.READING)


def run(message: Message) -> Sequence[Message]:
    """Do one step if it is to be had; what is to be done next."""
    match message.step:
        case "read":
            return _run_upload(message, READ, read)
        case "analyse":
            return _run_upload(message, (Upload.State.ANALYSING,), analyse)
        case "read-chunk":
            return _run_chunk(message)


def work_off(message: Message) -> Iterator[Message]:
    """Do a step and all that follows from it, here and now; each one when it is done."""
    waiting = deque([message])
    while waiting:
        step = waiting.popleft()
        waiting.extend(run(step))
        yield step


def _run_upload(
    message: Message, states: tuple[str, ...], work: Callable[[Upload, int], Sequence[Message]]
) -> Sequence[Message]:
    upload = Upload.objects.filter(pk=message.row).first()
    token = upload.claim(*states) if upload else None
    if upload is None or token is None:
        return ()
    return _guarded(message.step, upload, token, lambda: work(upload, token))


def _run_chunk(message: Message) -> Sequence[Message]:
    chunk = Chunk.objects.select_related("upload").filter(pk=message.row).first()
    token = chunk.claim(Chunk.State.QUEUED) if chunk else None
    if chunk is None or token is None:
        return ()
    return _guarded(message.step, chunk, token, lambda: read_chunk(chunk, token))


def _guarded(step: Step, job: Upload | Chunk, token: int, work: Callable[[], Sequence[Message]]) -> Sequence[Message]:
    """The task's boundary."""
    try:
        with job.kept_alive(token):
            return work()
    except LeaseLost:
        log.info("%s: %s goes on elsewhere, or was cancelled", job, step)
    except UnusableUpload as verdict:
        _fail(job, token, str(verdict))
    except (OperationalError, InterfaceError):
        log.exception("%s: the database did not answer during %s; the sweeper tries again", job, step)
    except Exception as error:  # whatever happened must be seen in the row
        log.exception("%s: %s failed", job, step)
        _fail(job, token, OUR_MISTAKE.format(kind=type(error).__name__, text=str(error)[:300], job=job))
    return ()


def _fail(job: Upload | Chunk, token: int, text: str) -> None:
    """Fail the upload, unless the job has gone to somebody else meanwhile."""
    if isinstance(job, Upload):
        job.fail(text, token=token)
    elif Chunk.objects.filter(pk=job.pk, attempt=token).exists():
        job.upload.fail(text)
