"""Keys that encrypt what buckets and secrets hold: whoever reads those must decrypt with the key too.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
"""

from __future__ import annotations

from collections.abc import Mapping

from iamviz.graph.world import World
from iamviz.inventory.known_keys import KnownKeys
from iamviz.inventory.model import PolicyDocument, ResourceKind, ResourcePolicy
from iamviz.policy.arn import parse_arn

DECRYPT = "kms:Decrypt"
CALLER_ACCOUNT = "kms:CallerAccount"
_SERVICES: Mapping[ResourceKind, str] = {"bucket": "s3", "secret": "secretsmanager"}
_NOT_COLLECTED = "its policy was not collected"
_SUFFIX = ".amazonaws.com"


class Keys:
    """The keys of all accounts."""

    def __init__(self, world: World) -> None:
        self._known = {
            resource.arn: resource
            for inventory in world.inventories.values()
            for resource in inventory.resource_policies
            if resource.kind == "key"
        }

    def of(self, resource: ResourcePolicy) -> ResourcePolicy | None:
        """The customer key that encrypts it, if it is known to be encrypted with one; by an alias it has no policy."""
        if not resource.key or resource.kind not in _SERVICES:
            return None
        found = self._known.get(resource.key)
        if found is not None:
            return found
        arn = parse_arn(resource.key)
        account, region = (arn.account, arn.region) if arn else (resource.account, resource.region)
        return ResourcePolicy("key", resource.key, account, region, PolicyDocument("", None, _NOT_COLLECTED))


def is_alias(key: ResourcePolicy) -> bool:
    """Whether only another name of the key is known."""
    return ":alias/" in key.arn


def keys_of_decryption(resource: ResourcePolicy, key: ResourcePolicy) -> KnownKeys:
    """What is known of the call that the service makes with the reader's credentials.

    Source: https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
    """
    known: dict[str, str | tuple[str, ...] | None] = {"aws:ViaAWSService": "true"}
    arn = parse_arn(key.arn)
    # In China the name of the service ends otherwise for some.
    if arn is not None and arn.partition != "aws-cn" and arn.region:
        known["kms:ViaService"] = f"{_SERVICES[resource.kind]}.{arn.region}{_SUFFIX}"
    if resource.kind == "secret":
        known["kms:EncryptionContext:SecretARN"] = resource.arn
    return known
