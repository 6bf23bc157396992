"""manage.py analyze: the whole analysis in one process, files in and files out. Needs no database."""

from __future__ import annotations

import contextlib
import json
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand
from msgspec.json import encode

from iamviz.analysis import analyze
from iamviz.graph.admin_reach import reach_admin
from iamviz.graph.export import assume_edges, graph_text
from iamviz.ingest.assemble import build_inventory, build_organization
from iamviz.ingest.bundle import read_bundle
from iamviz.ingest.documents import DocumentCache
from iamviz.ingest.parts import Part, Rejection
from iamviz.inventory.model import Inventory, Organization
from iamviz.snapshots.inventories import collector_off

DONE, BAD_INPUT = 0, 2


class Command(BaseCommand):
    """Reads snapshots and writes the graph, the list of assume-role pairs, who becomes admin and a summary."""

    help = "Analyse snapshots: files, folders or archives in, the graph of who can become whom out."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to read and what to write; `-` is standard input and output."""
        parser.add_argument("paths", nargs="+", metavar="PATH", help="file, folder or archive; - is standard input")
        parser.add_argument("--graph", metavar="FILE", help="write the graph (iamviz-graph/1)")
        parser.add_argument("--assume-edges", metavar="FILE", help="write the pairs [source, role, certainty]")
        parser.add_argument("--reach-admin", metavar="FILE", help="write who becomes admin [ARN, hops, certainty]")
        parser.add_argument("--summary", action="store_true", help="print counts by kind as JSON")

    def handle(self, **options: Any) -> None:
        """Exit 0 when everything was read, 2 when something was not; what could be read is answered all the same."""
        with collector_off():
            sys.exit(self._answer(options))

    def _answer(self, options: dict[str, Any]) -> int:
        with _inputs(options["paths"]) as paths:
            reading = read_bundle(paths)
        for rejection in reading.rejections:
            self.stderr.write(_line(rejection))
        if not reading.parts:
            if not reading.rejections:
                self.stderr.write(f"{', '.join(options['paths'])}: nothing in it that can be analysed")
            return BAD_INPUT
        parts, reading = list(reading.parts), replace(reading, parts=())
        analysis = analyze(*_inventories(parts))
        notices = (*reading.notices, *analysis.notices)
        try:
            _write(options["graph"], lambda out: out.writelines(chain(graph_text(analysis.graph, notices), (b"\n",))))
            _write(options["assume_edges"], lambda out: _write_lines(assume_edges(analysis.graph), out))
            _write(options["reach_admin"], lambda out: _write_lines(reach_admin(analysis.graph), out))
        except OSError as error:
            self.stderr.write(f"{error.filename}: {error.strerror}")
            return BAD_INPUT
        if options["summary"] or not any(options[each] for each in ("graph", "assume_edges", "reach_admin")):
            self.stdout.write(json.dumps({**analysis.summary, "notices": len(notices)}, indent=2))
        return BAD_INPUT if reading.rejections else DONE


@contextlib.contextmanager
def _inputs(arguments: Sequence[str]) -> Iterator[list[Path]]:
    """The paths, with standard input put into a file of its own."""
    with tempfile.TemporaryDirectory(prefix="iamviz-") as folder:
        paths = []
        for argument in arguments:
            path = Path(argument)
            if argument == "-":
                path = Path(folder) / "standard input"
                path.write_bytes(sys.stdin.buffer.read())
            paths.append(path)
        yield paths


def _inventories(parts: list[Part]) -> tuple[list[Inventory], Organization | None]:
    """Of each account, by its id. Takes the parts out of the list, so that each is forgotten once it is read."""
    documents = DocumentCache()
    accounts: dict[str, list[Part]] = {}
    while parts:
        part = parts.pop()
        accounts.setdefault("" if part.kind == "organization" else part.account, []).append(part)
    organization = next((part for part in accounts.pop("", ()) if part.kind == "organization"), None)
    inventories = [build_inventory(account, accounts.pop(account), documents) for account in sorted(accounts)]
    return inventories, build_organization(organization, documents) if organization else None


def _line(rejection: Rejection) -> str:
    place = f"{rejection.file}: {rejection.place}" if rejection.place else rejection.file
    return f"{place}: expected {rejection.rule}. {rejection.remedy}"


def _write(target: str | None, write: Callable[[IO[bytes]], object]) -> None:
    if target == "-":
        write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
    elif target:
        with Path(target).open("wb") as out:
            write(out)


def _write_lines(lines: Iterable[object], out: IO[bytes]) -> None:
    for line in lines:
        out.write(encode(line) + b"\n")
