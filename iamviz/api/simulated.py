"""What is asked of a simulation, and what it answers."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from iamviz.api.edges import HighlightSerializer, LayerVerdictSerializer
from iamviz.api.shapes import BLOCKERS, DECISIONS, DENIERS, EFFECTS, NodeRefSerializer

LONGEST = 2048
MOST_KEYS = 100
MOST_VALUES = 100
LONGEST_MESSAGE = 64 * 1024
LONGEST_POLICY = 64 * 1024
"""Characters: twice what AWS takes as the policy of a key, which is the longest."""

_SCALAR: list[dict[str, Any]] = [{"type": "string", "maxLength": LONGEST}, {"type": "number"}, {"type": "boolean"}]


_WRONG = "Must be a text, a number, true or false, or a list of these."
_TOO_LONG = f"A value may have {LONGEST} characters, a list {MOST_VALUES} values."


@extend_schema_field({"anyOf": [*_SCALAR, {"type": "array", "maxItems": MOST_VALUES, "items": {"anyOf": _SCALAR}}]})
class ContextValueField(serializers.Field):
    """A single value, or the values of a key that holds a list; numbers and booleans are their JSON text."""

    def to_internal_value(self, data: object) -> str | list[str]:
        if isinstance(data, list):
            if len(data) > MOST_VALUES:
                raise serializers.ValidationError(_TOO_LONG)
            return [self._text(each) for each in data]
        return self._text(data)

    def to_representation(self, value: str | list[str]) -> str | list[str]:
        return value

    def _text(self, value: object) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int | float):
            return repr(value)
        if not isinstance(value, str):
            raise serializers.ValidationError(_WRONG)
        if len(value) > LONGEST:
            raise serializers.ValidationError(_TOO_LONG)
        if not _is_unicode(value):
            raise serializers.ValidationError(_WRONG)
        return value


def _is_unicode(text: str) -> bool:
    """Whether it can be written; half a surrogate pair, which JSON can name, cannot."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


class EvaluationQuestionSerializer(serializers.Serializer):
    """Who does what on what, and what is known of the request."""

    principal = serializers.CharField(
        max_length=LONGEST, help_text="Id or key of a user or role, or the ARN of a session of a role."
    )
    action = serializers.RegexField(r"^[A-Za-z0-9-]{1,64}:[A-Za-z0-9]{1,128}$", help_text="As in `s3:GetObject`.")
    resource = serializers.CharField(max_length=LONGEST, default="*", help_text="An ARN, or `*`.")
    resource_account = serializers.RegexField(
        r"^[0-9]{12}$",
        allow_null=True,
        default=None,
        help_text="Who owns the resource. Null: the account in its ARN, else that of the principal.",
    )
    context = serializers.DictField(  # type: ignore[assignment]  # DRF takes it off the class
        child=ContextValueField(),
        default=dict,
        help_text="Condition keys of the request. They win over those that the revision tells of the principal.",
    )
    unknown_context = serializers.BooleanField(
        default=False, help_text="Whether keys that are not given are unknown; otherwise they are absent."
    )

    resource_policy = serializers.CharField(
        max_length=LONGEST_POLICY,
        allow_null=True,
        allow_blank=True,
        trim_whitespace=False,
        default=None,
        help_text="The resource's own policy as JSON text. It counts in place of the one that the revision holds.",
    )

    def validate_context(self, value: dict[str, Any]) -> dict[str, Any]:
        if len(value) > MOST_KEYS or not all(0 < len(key) <= LONGEST and _is_unicode(key) for key in value):
            raise serializers.ValidationError(f"At most {MOST_KEYS} keys, each of 1 to {LONGEST} characters.")
        return value


class DecidingSerializer(serializers.Serializer):
    """A statement that decides."""

    layer = serializers.ChoiceField(choices=BLOCKERS)
    policy = serializers.CharField(help_text="ARN of a managed policy, or the name of any other.")
    owner = serializers.CharField(help_text="Whose policy it is, in words.")
    statement = serializers.IntegerField(help_text="Zero-based index.")
    sid = serializers.CharField(allow_null=True)
    effect = serializers.ChoiceField(choices=EFFECTS)


class DecidingDocumentSerializer(serializers.Serializer):
    """A policy with a statement that decides, and its lines."""

    layer = serializers.ChoiceField(choices=BLOCKERS)
    title = serializers.CharField(help_text="What it says about the request, in words.")
    name = serializers.CharField()
    arn = serializers.CharField(allow_null=True)
    text = serializers.CharField(help_text="JSON, indented.")
    highlights = HighlightSerializer(many=True)


class KnownKeySerializer(serializers.Serializer):
    """A condition key of the request as it was taken."""

    key = serializers.CharField()
    values = serializers.ListField(
        child=serializers.CharField(allow_blank=True), allow_null=True, help_text="Null: known to be absent."
    )
    given = serializers.BooleanField(help_text="Whether the question said so, not the revision.")


class EvaluationSerializer(serializers.Serializer):
    """The decision, layer by layer, with the statements behind it."""

    principal = NodeRefSerializer()
    caller = serializers.CharField(help_text="ARN that the request is decided for: the identity, or its session.")
    action = serializers.CharField()
    resource = serializers.CharField()
    resource_account = serializers.CharField(allow_null=True)
    decision = serializers.ChoiceField(
        choices=DECISIONS, help_text="`unknown`: it hangs on a policy that the revision does not hold."
    )
    otherwise = serializers.ChoiceField(
        choices=DECISIONS,
        allow_null=True,
        help_text="Where it is unknown: what it is if the missing policies say nothing about the request.",
    )
    because = DecidingSerializer(many=True)
    blocked_by = serializers.ListField(child=serializers.ChoiceField(choices=BLOCKERS))
    depends_on = serializers.ListField(child=serializers.CharField(), help_text="Condition keys, as AWS spells them.")
    missing = serializers.ListField(child=serializers.CharField(), help_text="What the revision lacks, in words.")
    layers = LayerVerdictSerializer(many=True)
    documents = DecidingDocumentSerializer(many=True)
    changes = serializers.ListField(child=serializers.CharField(), help_text="What would have to change, in words.")
    remarks = serializers.ListField(
        child=serializers.CharField(), help_text="What AWS would ignore or refuse in the policy that was sent along."
    )
    context = KnownKeySerializer(many=True)  # type: ignore[assignment]  # as above


class DenialQuestionSerializer(serializers.Serializer):
    """A message that AWS printed."""

    text = serializers.CharField(max_length=LONGEST_MESSAGE)


class DenialSerializer(serializers.Serializer):
    """What the message says; null for what it does not."""

    caller = serializers.CharField(allow_null=True, help_text="An ARN, or `anonymous`.")
    principal = NodeRefSerializer(allow_null=True, help_text="The identity of this revision that the caller is.")
    action = serializers.CharField(allow_null=True)
    resource = serializers.CharField(allow_null=True)
    operation = serializers.CharField(allow_null=True, help_text="Where the message names no action.")
    explicit = serializers.BooleanField(
        help_text="Whether a Deny said no; otherwise nothing allowed it, or neither is told."
    )
    layer = serializers.ChoiceField(choices=DENIERS, allow_null=True, help_text="Which kind of policy said no.")
    policy = serializers.CharField(allow_null=True, help_text="ARN of the policy that denies, where AWS tells it.")
    remarks = serializers.ListField(child=serializers.CharField(), help_text="What is missing, and what to do.")
