"""From the packages that publish AWS's data to the contents of the shipped files."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec

from iamviz.policy.catalogue.files import Index, ManagedPolicies, Services, Source
from iamviz.policy.catalogue.services import ActionEntry, ResourceEntry, Service

_GLOBAL_KEY = re.compile(r"key: '(?P<key>[^']+)',\s+category: '[^']*',\s+type: '(?P<type>[^']+)'")
_OWN_PART = re.compile(r"/(tag-key|<key>)?$")
_ALSO_MULTIVALUED = frozenset({"cognito-identity.amazonaws.com:amr"})
"""Listed as single texts, but documented as lists.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
"""
_DOCUMENTS = "aws_managed_policies_data"


def index_of(package: Path) -> Index:
    """What every decision needs, from the folder of the package iam-data."""
    types = dict(_key_types(package))
    several = {key for key, kind in types.items() if kind.startswith("Array")}
    none = {prefix: _without_resource(actions) for prefix, actions in _by_service(package / "data" / "actions")}
    return Index(
        iam_data_source(package),
        frozenset(_read(package / "data" / "rcpSupportedServices.json")),
        {prefix: names for prefix, names in none.items() if names},
        tuple(sorted(types)),
        tuple(sorted(several | _ALSO_MULTIVALUED & types.keys())),
    )


def services_of(package: Path) -> Services:
    """Every service's actions and resource types, from the folder of the package iam-data."""
    resources = dict(_by_service(package / "data" / "resourceTypes"))
    return Services(
        iam_data_source(package),
        {
            prefix: msgspec.Raw(msgspec.json.encode(_service(actions, resources.get(prefix, {})), order="sorted"))
            for prefix, actions in _by_service(package / "data" / "actions")
        },
    )


def managed_policies_of(module: Path, version: str) -> ManagedPolicies:
    """AWS's managed policies, from the module of the package moto that holds them. It is read, not run."""
    policies = json.loads(_assigned_text(module, _DOCUMENTS))
    date = max(policy["UpdateDate"] for policy in policies.values())[:10]
    return ManagedPolicies(
        Source("moto", version, date, "Apache-2.0", "https://github.com/getmoto/moto"),
        {
            f"{policy['Path'].lstrip('/')}{name}": msgspec.Raw(msgspec.json.encode(policy["Document"]))
            for name, policy in sorted(policies.items())
        },
    )


def iam_data_source(package: Path) -> Source:
    about = _read(package / "package.json")
    address = "https://github.com/act-security-labs/iam-data"
    return Source(about["name"], about["version"], about["updatedAt"][:10], about["license"], address)


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _by_service(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(folder.glob("*.json")):
        yield path.stem, _read(path)


def _without_resource(actions: dict[str, Any]) -> str:
    return " ".join(sorted(name for name, action in actions.items() if not action["resourceTypes"]))


def _key_types(package: Path) -> Iterator[tuple[str, str]]:
    """Keys of services, then those of every request, which know better where both list one."""
    for _, keys in _by_service(package / "data" / "conditionKeys"):
        for key in keys.values():
            yield _spelled(key["key"]), key["type"]
    text = (package / "dist" / "esm" / "globalConditionKeys.js").read_text(encoding="utf-8")
    for match in _GLOBAL_KEY.finditer(text):
        yield _spelled(match["key"]), match["type"]


def _service(actions: dict[str, Any], resources: dict[str, Any]) -> Service:
    return Service(
        {name: _action(action, resources) for name, action in sorted(actions.items())},
        {
            name: ResourceEntry(resource["arn"], _keys(resource.get("conditionKeys", ())))
            for name, resource in sorted(resources.items())
        },
    )


def _action(action: dict[str, Any], resources: dict[str, Any]) -> ActionEntry:
    kinds = [kind for kind in action["resourceTypes"] if kind["name"].lower() in resources]
    keys = chain(action["conditionKeys"], *(kind["conditionKeys"] for kind in kinds))
    level = action["accessLevel"].partition(",")[0]
    return ActionEntry(action["name"], level, tuple(kind["name"] for kind in kinds), _keys(keys))


def _keys(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({_spelled(key) for key in keys}))


def _spelled(key: str) -> str:
    """The packages write the part of a key that varies in several ways."""
    return _OWN_PART.sub("/${TagKey}", key)


def _assigned_text(module: Path, name: str) -> str:
    for node in ast.parse(module.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and any(isinstance(to, ast.Name) and to.id == name for to in node.targets):
            text = ast.literal_eval(node.value)
            if isinstance(text, str):
                return text
    raise LookupError(f"{module} assigns no text to {name}: the package keeps AWS's policies elsewhere now")
