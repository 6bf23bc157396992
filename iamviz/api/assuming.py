"""What a question takes as known of the requests: MFA, source address, ExternalId, organization, session, keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rest_framework import serializers

from iamviz.api.simulated import LONGEST, MOST_KEYS, ContextValueField
from iamviz.graph.assumptions import (
    Assumptions,
    Value,
    assume_external_id,
    assume_external_ids_known,
    assume_keys,
    assume_member,
    assume_mfa,
    assume_session_tags,
)
from iamviz.policy.conditions.readings import address

KNOWN = "known"
MOST_TAGS = 50
"""Session tags of one call: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html."""


class AssumptionsSerializer(serializers.Serializer):
    """What is known of the requests along a way. What is not named stays open: the way is conditional."""

    mfa = serializers.BooleanField(required=False, help_text="Whether a user can sign in with MFA.")
    source_ip = serializers.CharField(required=False, max_length=100, help_text="The address that the calls come from.")
    external_id = serializers.CharField(
        required=False,
        allow_null=True,
        max_length=1224,
        help_text="The ExternalId that is sent; `known`: whichever is asked for; null: none is known.",
    )
    org_member = serializers.BooleanField(
        required=False, help_text="Whether callers from outside the snapshot belong to the organization."
    )
    session_tags = serializers.DictField(child=serializers.CharField(max_length=256, allow_blank=True), required=False)
    session_name = serializers.CharField(required=False, max_length=64)
    keys = serializers.DictField(
        child=ContextValueField(allow_null=True), required=False, help_text="Any further condition key; null: absent."
    )

    def validate_source_ip(self, value: str) -> str:
        """An address, as the key has it."""
        if address(value) is None:
            raise serializers.ValidationError("Must be an IPv4 or IPv6 address, without a prefix length.")
        return value

    def validate_session_tags(self, value: dict[str, str]) -> dict[str, str]:
        """As many as a call may pass."""
        if len(value) > MOST_TAGS:
            raise serializers.ValidationError(f"A session has at most {MOST_TAGS} tags.")
        return value

    def validate_keys(self, value: dict[str, Any]) -> dict[str, Any]:
        """Keys that a request could have."""
        if len(value) > MOST_KEYS or any(len(key) > LONGEST for key in value):
            raise serializers.ValidationError(f"At most {MOST_KEYS} keys of {LONGEST} characters.")
        return value


def assumptions_of(given: Mapping[str, Any]) -> Assumptions:
    """What a request assumes, as the graph reads it."""
    found = Assumptions()
    for each in _assumptions(given):
        found += each
    return found


def _assumptions(given: Mapping[str, Any]) -> Iterator[Assumptions]:
    if "mfa" in given:
        yield assume_mfa(present=given["mfa"])
    if "external_id" in given:
        external_id = given["external_id"]
        yield assume_external_ids_known() if external_id == KNOWN else assume_external_id(external_id)
    if "org_member" in given:
        yield assume_member(inside=given["org_member"])
    if given.get("session_tags"):
        yield assume_session_tags(given["session_tags"])
    yield assume_keys(_keys(given))


def _keys(given: Mapping[str, Any]) -> dict[str, Value]:
    named = {"source_ip": "aws:SourceIp", "session_name": "sts:RoleSessionName"}
    keys: dict[str, Value] = {key: given[name] for name, key in named.items() if name in given}
    further = given.get("keys", {}).items()
    return keys | {key: tuple(value) if isinstance(value, list) else value for key, value in further}
