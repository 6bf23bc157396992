"""The document of a managed policy: the snapshot's, else the one that AWS published when the bundle was made."""

from __future__ import annotations

import json
from functools import lru_cache

from iamviz.inventory.model import Inventory, PolicyDocument
from iamviz.policy.catalogue import managed_policy
from iamviz.policy.document import parse_document


def managed_document(inventory: Inventory, arn: str) -> PolicyDocument | None:
    """What the policy says; None where neither the snapshot nor the bundle holds it."""
    collected = _collected(inventory, arn)
    if collected is None or not (collected.document or collected.text):
        return bundled_document(arn) or collected
    return collected


def is_bundled(inventory: Inventory, arn: str) -> bool:
    """Whether the document is the bundle's because the snapshot lacks it."""
    return managed_document(inventory, arn) is not _collected(inventory, arn)


@lru_cache(maxsize=256)
def bundled_document(arn: str) -> PolicyDocument | None:
    """The shipped document of a policy that AWS owns."""
    document = managed_policy(arn)
    return None if document is None else PolicyDocument(json.dumps(document), parse_document(document))


def _collected(inventory: Inventory, arn: str) -> PolicyDocument | None:
    policy = inventory.policies.get(arn)
    return policy.default if policy else None
