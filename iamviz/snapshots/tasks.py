"""The tasks that workers run. Each takes an id and may run twice without harm."""

from __future__ import annotations

from iamviz.celery import app
from iamviz.snapshots.messages import TASKS, Message, send
from iamviz.snapshots.running import run
from iamviz.snapshots.sweeping import SweeperStep


@app.task(name=TASKS["read"])
def read(upload: int) -> None:
    _carry_on(Message("read", upload))


@app.task(name=TASKS["read-chunk"])
def read_chunk(chunk: int) -> None:
    _carry_on(Message("read-chunk", chunk))


@app.task(name=TASKS["analyse"])
def analyse(upload: int) -> None:
    _carry_on(Message("analyse", upload))


def _carry_on(message: Message) -> None:
    """Run a step; a single next step follows in the same task, several are shared among the workers."""
    following = run(message)
    while len(following) == 1:
        following = run(following[0])
    for next_message in following:
        send(next_message)


app.steps["worker"].add(SweeperStep)
