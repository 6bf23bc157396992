#!/usr/bin/env python3
"""The one command: enters the project's environment, then hands over. Runs on any Python 3, to say what is missing."""

import sys

OLDEST = (3, 11)


def main(arguments):
    """Hand the command line to the room that knows it; the exit status."""
    problem = refuse(sys.version_info, sys.platform)
    if problem:
        sys.stderr.write(problem + "\n")
        return 2
    from iamviz.operations.entry import enter  # noqa: PLC0415 - an older Python could not read it

    return enter(arguments)


def refuse(version, platform):
    """The one line for a machine that cannot run this, None where it can."""
    if platform == "win32":
        return "iamviz runs on Linux and macOS. On Windows use WSL (wsl --install), and run python3 manage.py up in it."
    if tuple(version[:2]) < OLDEST:
        return "iamviz needs Python %d.%d or newer; this is Python %d.%d. Try: python3.11 manage.py up" % (
            OLDEST + tuple(version[:2])
        )
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
