"""Why something cannot go on, in one line that says what to do. Ends a command with exit status 2."""

from __future__ import annotations

import errno


class Refusal(Exception):  # noqa: N818 - it is an answer to the operator, not an error of the program
    """The whole message is one line for the operator."""


def explain_os_error(error: OSError) -> str | None:
    """The line for an error of the machine that an operator can do something about; None for any other."""
    place = f" ({error.filename})" if error.filename else ""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"The disk is full{place}. Free some space and run the command again: it goes on where it stopped."
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return (
            f"This folder may not be written to{place}. Run iamviz in a folder of your own, "
            "or choose a data folder with IAMVIZ_DATA=/some/folder."
        )
    return None
