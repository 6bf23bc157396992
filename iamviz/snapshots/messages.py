"""What goes through the queue: the name of a step and the id of a row. The row is the truth, this is a hint."""

from __future__ import annotations

import logging
from typing import Literal, NamedTuple

from kombu.exceptions import OperationalError as QueueError

from iamviz.celery import app
from iamviz.snapshots.models import Upload

log = logging.getLogger(__name__)

Step = Literal["read", "read-chunk", "analyse"]
TASKS: dict[Step, str] = {step: f"iamviz.{step}" for step in ("read", "read-chunk", "analyse")}


class Message(NamedTuple):
    step: Step
    row: int


def send(message: Message) -> bool:
    """Queue a step; False if the queue does not answer: then the sweeper sends it again when it does."""
    try:
        app.send_task(TASKS[message.step], [message.row])
    except (QueueError, OSError) as error:
        log.warning("The queue does not answer (%s); %s of %s waits for it", error, message.step, message.row)
        return False
    return True


def queue_answers() -> bool:
    """Whether a broker is there, and a worker that listens to it."""
    try:
        return bool(app.control.ping(timeout=1.0, limit=1))
    except (QueueError, OSError):
        return False


def queue(upload: Upload) -> bool:
    """Queue the reading of an upload that was just stored, or retried."""
    return send(Message("read", upload.pk))
