"""The worker sees what the shell sees of the outputs of commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from iamviz.ingest.assemble import build_inventory
from iamviz.ingest.bundle import read_bundle
from iamviz.ingest.documents import DocumentCache
from iamviz.snapshots.inventories import inventories
from iamviz.snapshots.selection import select
from iamviz.workspaces.models import Workspace
from tests.cast import workspace
from tests.snapshots.conftest import own_store
from tests.snapshots.deliveries import MONDAY, A, details, upload

__all__ = ["own_store", "workspace"]

pytestmark = pytest.mark.django_db

ROLE = f"arn:aws:iam::{A}:role/app"
FUNCTION = f"arn:aws:lambda:us-east-1:{A}:function:pay"
POLICY = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}}
EAST = {
    A: {
        "Region": "us-east-1",
        "lambda list-functions": {"Functions": [{"FunctionName": "pay", "FunctionArn": FUNCTION, "Role": ROLE}]},
        "lambda get-policy": {"pay": {"Policy": json.dumps(POLICY)}},
        "ec2 describe-instances": {
            "Reservations": [{"Instances": [{"InstanceId": "i-1", "Tags": [{"Key": "team", "Value": "Größe"}]}]}]
        },
    }
}
WEST = {A: {"Region": "us-west-2", "glue get-jobs": {"Jobs": [{"Name": "job", "Role": "app"}]}}}


def test_an_upload_and_the_shell_read_the_same_inventory(workspace: Workspace, tmp_path: Path) -> None:
    files = {
        "account": details(A, "app"),
        "east": json.dumps(EAST).encode(),
        "west": json.dumps(WEST).encode(),
    }
    for name, content in files.items():
        (tmp_path / f"{name}.json").write_bytes(content)
    reading = read_bundle([tmp_path / f"{name}.json" for name in files])
    from_shell = build_inventory(A, reading.parts, DocumentCache())
    (from_worker,) = inventories(select(upload(workspace, MONDAY, **files)).accounts)
    assert [each.role for each in from_shell.workloads.functions] == [ROLE]
    assert [each.role for each in from_shell.workloads.of_kind("glue-job")] == [ROLE]
    assert from_worker.workloads == from_shell.workloads
    assert from_worker.resource_policies == from_shell.resource_policies
    assert from_worker.commands == from_shell.commands
