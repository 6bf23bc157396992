"""manage.py evaluate: policy decisions for requests, one JSON object a line in and out. Needs no database."""

from __future__ import annotations

import contextlib
import sys
from argparse import ArgumentParser
from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand
from msgspec.json import encode

from iamviz.policy.lines import evaluate_line
from iamviz.snapshots.inventories import collector_off

DONE, BAD_INPUT = 0, 2
STANDARD_INPUT = "-"


class Command(BaseCommand):
    """Answers each line in its place, those that cannot be read with an error."""

    help = "Decide requests as AWS does: JSON lines in, JSON lines out."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the requests are, and whether what they do not say of themselves is absent or unknown."""
        parser.add_argument("file", nargs="?", default=STANDARD_INPUT, metavar="FILE", help="- is standard input")
        parser.add_argument(
            "--unknown-context",
            action="store_true",
            help="a condition key that is not given is unknown, not absent: the answer may be conditional",
        )

    def handle(self, **options: Any) -> None:
        """Exit 0 when every line was read, 2 when one was not; the others are answered all the same."""
        try:
            # No answer leaves a cycle behind.
            with _lines(options["file"]) as lines, collector_off():
                sys.exit(self._answer(lines, options["file"], unknown_context=options["unknown_context"]))
        except OSError as error:
            self.stderr.write(f"{options['file']}: {error.strerror}")
            sys.exit(BAD_INPUT)

    def _answer(self, lines: IO[bytes], name: str, *, unknown_context: bool) -> int:
        code = DONE
        for number, read in enumerate(lines, 1):
            # Windows tools begin a file with a mark.
            line = read.removeprefix(BOM_UTF8) if number == 1 else read
            if not line.strip():
                continue
            answer = evaluate_line(line, unknown_context=unknown_context)
            self.stdout.write(encode(answer).decode())
            if "error" in answer:
                code = BAD_INPUT
                self.stderr.write(f"{name}: line {number}: {answer['error']}")
        return code


@contextlib.contextmanager
def _lines(name: str) -> Iterator[IO[bytes]]:
    if name == STANDARD_INPUT:
        yield sys.stdin.buffer
        return
    with Path(name).open("rb") as file:
        yield file
