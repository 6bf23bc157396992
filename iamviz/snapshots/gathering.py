"""From what the chunks read to parts: pages put together, rows written, each file told what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from iamviz.ingest import parts as ingested
from iamviz.ingest.bundle import refuse_incomplete
from iamviz.ingest.collected import Manifests
from iamviz.ingest.merge import merge_parts
from iamviz.snapshots.contents import read_part
from iamviz.snapshots.fragments import Found, Json, nothing, notice_from, part_json, rejection_json
from iamviz.snapshots.models import Part, Upload, UploadFile, UploadPart
from iamviz.snapshots.outcome import UnusableUpload

Key = tuple[str, str, str]
"""Kind, account, region."""


def gather(upload: Upload, token: int) -> None:
    """Write the upload's parts and what became of its files. Raises UnusableUpload if there is no part at all."""
    results = _results(upload)
    found, incomplete = _merged(upload, results)
    for rejection in incomplete:
        _reject(results, rejection)
    with upload.commit(token) as row:
        _describe_files(row, results)
        row.contributions.all().delete()
        _contribute(row, found)
        row.enter(row.state, warnings=_warnings(results))
    if not found:
        raise UnusableUpload(_why_nothing(results))


def _results(upload: Upload) -> dict[int, Found]:
    """By position of the file: parts, rejections, notices; parts dated by the manifests beside them."""
    together: dict[int, Found] = defaultdict(nothing)
    for result in upload.chunks.values_list("result", flat=True):
        for position, found in result.items():
            for name, items in found.items():
                together[int(position)][name].extend(items)
    manifests = Manifests()
    for found in together.values():
        for manifest in found["manifests"]:
            manifests.add(manifest["name"], manifest["text"].encode())
    for found in together.values():
        found["parts"] = [_dated(part, manifests.date(part["file"])) for part in found["parts"]]
    return together


def _dated(part: Json, moment: datetime | None) -> Json:
    return part if moment is None else {**part, "collected": moment.isoformat(), "collected_from": "manifest"}


def _merged(upload: Upload, results: dict[int, Found]) -> tuple[list[Json], list[Json]]:
    """Each part once, and rejections of those that lack pages. Contents are loaded only to be put together."""
    by_key: dict[Key, list[Json]] = defaultdict(list)
    for _, found in sorted(results.items()):
        for part in found["parts"]:
            by_key[_key(part)].append(part)
    shared = ("authorization-details", "", "") in by_key  # pages of AWS's own policies, which every account may name
    together = [page for key, pages in by_key.items() if _needs_merge(key, pages, shared=shared) for page in pages]
    alone = [pages[0] for key, pages in by_key.items() if not _needs_merge(key, pages, shared=shared)]
    merged, rejections = refuse_incomplete(merge_parts(map(_load, together)))
    packed = [part_json(upload.workspace_id, part) for part in merged if part.account or part.kind == "organization"]
    return [*alone, *packed], [rejection_json(rejection) for rejection in rejections]


def _needs_merge(key: Key, pages: list[Json], *, shared: bool) -> bool:
    return len(pages) > 1 or pages[0]["unfinished"] or (shared and key[0] == "authorization-details")


def _key(part: Json) -> Key:
    return part["kind"], part["account"], part["region"]


def _reject(results: dict[int, Found], rejection: Json) -> None:
    """Tell the first of the files that the incomplete account came in, and take what it brought of that account."""
    files = set(rejection["file"].split(", "))
    for found in results.values():
        taken = [part for part in found["parts"] if part["file"] in files and part["account"] == rejection["account"]]
        if taken:
            found["parts"] = [part for part in found["parts"] if part not in taken]
            found["rejections"].append(rejection)


def _load(part: Json) -> ingested.Part:
    return ingested.Part(
        kind=part["kind"],
        account=part["account"],
        region=part["region"],
        collected=_moment(part["collected"]),
        collected_from=part["collected_from"],
        content=read_part(part["stored"]),
        sha256=part["sha256"],
        file=part["file"],
        notices=tuple(notice_from(notice) for notice in part["notices"]),
    )


def _contribute(upload: Upload, found: Iterable[Json]) -> None:
    """Rows of the parts, made where they are new, and of this upload's share in them."""
    wanted = {(part["kind"], part["account"], part["region"], part["sha256"]): part for part in found}
    Part.objects.bulk_create(
        (
            Part(
                workspace_id=upload.workspace_id,
                **{name: part[name] for name in ("kind", "account", "region", "sha256", "stored", "size", "notices")},
                file=part["file"],
            )
            for part in wanted.values()
        ),
        ignore_conflicts=True,
        batch_size=500,
    )
    known = {
        (part.kind, part.account, part.region, part.sha256): part
        for part in Part.objects.filter(workspace=upload.workspace_id).defer("notices")
    }
    UploadPart.objects.bulk_create(
        (UploadPart(upload=upload, part=known[key], **_date(upload, part)) for key, part in wanted.items()),
        batch_size=500,
    )


def _date(upload: Upload, part: Json) -> Json:
    """When it was collected; the time of the upload where nothing tells."""
    moment = _moment(part["collected"])
    return {"collected": moment or upload.created, "collected_from": part["collected_from"] if moment else "upload"}


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _describe_files(upload: Upload, results: dict[int, Found]) -> None:
    files = list(upload.files.all())
    for file in files:
        found = results.get(file.position, nothing())
        file.kinds = sorted({part["kind"] for part in found["parts"]})
        file.accounts = sorted({part["account"] for part in found["parts"]} - {""})
        file.notices = [*found["notices"], *(notice for part in found["parts"] for notice in part["notices"])]
        file.rejections = found["rejections"]
        file.state = _state(found)
    UploadFile.objects.bulk_update(files, ["kinds", "accounts", "notices", "rejections", "state"], batch_size=200)


def _state(found: Found) -> str:
    if not found["rejections"]:
        return UploadFile.State.READ
    return UploadFile.State.PARTLY if found["parts"] else UploadFile.State.REJECTED


def _warnings(results: dict[int, Found]) -> int:
    return sum(
        len(found["rejections"]) + len(found["notices"]) + sum(len(part["notices"]) for part in found["parts"])
        for found in results.values()
    )


def _why_nothing(results: dict[int, Found]) -> str:
    rejections = [rejection for found in results.values() for rejection in found["rejections"]]
    if not rejections:
        return (
            "Nothing in this upload is a snapshot of an AWS account. Send the output of the commands on the first page."
        )
    first = rejections[0]
    more = f" ({len(rejections) - 1} more below)" if len(rejections) > 1 else ""
    return f"Nothing could be read. {first['file']}, {first['place']}: {first['rule']} {first['remedy']}{more}"
