"""Where a command line goes: into the environment, then to `up`, `test` or Django. Standard library only."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from iamviz.operations import environment
from iamviz.operations.locations import ROOT
from iamviz.operations.refusal import Refusal, explain_os_error

DJANGO_SETTINGS = "iamviz.settings"
INTERRUPTED = 130


def enter(arguments: Sequence[str]) -> int:
    """Run the command; its exit status. What an operator can mend is one line and status 2."""
    try:
        return _dispatch(arguments)
    except Refusal as refusal:
        return _refuse(str(refusal))
    except OSError as error:
        line = explain_os_error(error)
        if line is None:
            raise
        return _refuse(line)
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrupted; nothing is half done, run the command again to go on.\n")
        return INTERRUPTED


def _dispatch(arguments: Sequence[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", DJANGO_SETTINGS)
    command = arguments[0] if arguments else "help"
    _enter_environment(arguments, lock=environment.DEV_LOCK if command == "test" else environment.LOCK)
    if command == "up":
        from iamviz.operations import up  # noqa: PLC0415 - Django's commands should not pay for it

        return up.main(arguments[1:])
    if command == "test":
        from iamviz.operations import checking  # noqa: PLC0415 - as above

        signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that what a check started ends with us
        return checking.main(arguments[1:])
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - there only once the environment is

    execute_from_command_line([str(ROOT / "manage.py"), *arguments])
    return 0


def _enter_environment(arguments: Sequence[str], *, lock: Path) -> None:
    """Go on in the project's environment; in a ready one (a container) stay where we are."""
    if environment.is_entered():
        if arguments[:1] in (["up"], ["test"]):
            environment.prepare_environment(lock)
        return
    if environment.is_ready_made(lock):
        return
    python = environment.prepare_environment(lock)
    os.execv(python, [str(python), str(ROOT / "manage.py"), *arguments])  # noqa: S606 - no shell is wanted


def _refuse(line: str) -> int:
    sys.stderr.write(f"{line}\n")
    return 2
