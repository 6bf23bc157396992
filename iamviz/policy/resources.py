"""Which resources a statement covers, as far as the caller's policy variables are known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from iamviz.policy.arn import FIELDS
from iamviz.policy.document import VERSION, Statement
from iamviz.policy.expression import ALWAYS, NEVER, Condition, Expression, Test, all_of, any_of, negate
from iamviz.policy.glob import Glob, compile_glob
from iamviz.policy.operators import POLICY_VARIABLE, POLICY_VARIABLE_SPARES
from iamviz.policy.variables import Values, VariablePattern, has_variables, is_known, parse_variables

PolicyType = Literal["identity", "boundary", "session", "resource", "trust", "endpoint", "scp", "rcp"]

EVERYTHING = "*"

_PADDED: Mapping[PolicyType, Callable[[str], bool]] = {
    "identity": lambda _: True,
    "boundary": lambda _: True,
    "session": lambda _: True,
    "resource": lambda pattern: "*" in pattern,
    "trust": lambda pattern: "*" in pattern,
    "endpoint": lambda pattern: "*" in pattern,
    "scp": lambda pattern: pattern.endswith("*"),
    "rcp": lambda _: False,
}
"""Whether an ARN with fewer than six fields is read with `*` in the rest; where not, AWS rejects the element."""

_NOTHING_KNOWN: Values = {}
_LONGEST_KEPT = 2_048


class _Pattern(Struct, frozen=True, eq=False):
    """One value of Resource or NotResource.

    `head` is what stands before the resource part, the last colon included; `resource` is None where the element is
    a lone `*`, or one that AWS rejects.
    """

    text: str
    head: str = ""
    resource: Glob | VariablePattern | None = None
    is_short: bool = False

    def matches(self, arn: str, values: Values) -> Expression:
        """ALWAYS, NEVER, or a test for each policy variable that decides and that nobody knows yet."""
        if self.text == EVERYTHING:
            return ALWAYS
        if self.resource is None:
            return NEVER
        glob, unknown = self._substituted(self.resource, values)
        if glob is None:
            return NEVER
        # A pattern matches itself, and there are five colons in the head.
        same_head = arn.startswith(self.head)
        found = glob.matches(arn[len(self.head) :]) if same_head else self._matches_fields(glob, arn)
        return unknown if found else NEVER

    def _matches_fields(self, glob: Glob, arn: str) -> bool:
        fields = arn.split(":", FIELDS - 1)
        if len(fields) != FIELDS or fields[0].lower() != "arn":
            return False
        # The resource part first: it tells most apart.
        if not glob.matches(fields[-1]):
            return False
        make = _remembered_globs if len(self.head) <= _LONGEST_KEPT else _field_globs
        return all(each.matches(fields[place]) for place, each in make(self.head))

    def _substituted(
        self, resource: Glob | VariablePattern, values: Values, operator: str = POLICY_VARIABLE
    ) -> tuple[Glob | None, Expression]:
        """The resource part for a caller, and a test of each variable that nobody knows."""
        if isinstance(resource, Glob):
            return resource, ALWAYS
        found = resource.substitute(values)
        return found.glob, all_of(Test(Condition(operator, key, (self.text,))) for key in found.unknown)

    def spares(self, arn: str, values: Values) -> Expression:
        """Whether the pattern, in NotResource, leaves the resource to the statement.

        One that AWS rejects, pads or cannot resolve never does: it must not turn into a match.
        """
        if self.text == EVERYTHING or self.is_short or self.resource is None:
            return NEVER
        glob, unknown = self._substituted(self.resource, values, POLICY_VARIABLE_SPARES)
        if glob is None:
            return NEVER
        # The value that is not known may also turn out absent: no certainty from a mismatch of the rest.
        return negate(self.matches(arn, values)) if unknown == ALWAYS else unknown

    def decide(self, condition: Condition, arn: str | None, values: Values) -> Expression:
        """What became of a test that this pattern made."""
        if not isinstance(self.resource, VariablePattern) or self.resource.resolve(values) is None:
            return NEVER
        if arn is None or not is_known(condition.key, values):
            return Test(condition)
        return self.spares(arn, values) if condition.operator == POLICY_VARIABLE_SPARES else self.matches(arn, values)


def covers_resource(
    statement: Statement,
    arn: str,
    policy_type: PolicyType,
    *,
    variables: Values | None = None,
    version: str = VERSION,
) -> Expression:
    """Whether the statement speaks of the resource, by Resource or by NotResource.

    `arn` is the resource of a request, or "*" where an action takes none. `variables` are the values that are known
    of the caller, keys casefolded. Where the outcome hangs on a variable that is not known, the expression tests a
    Condition with the operator "PolicyVariable" (of NotResource: "PolicyVariableSpares"), the variable's key, and the
    pattern as its value.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
    """
    values = _NOTHING_KNOWN if variables is None else variables
    if statement.resources is not None:
        return _covers(statement.resources, arn, policy_type, values, version)
    if statement.not_resources is not None:
        return all_of(_compiled(each, policy_type, version).spares(arn, values) for each in statement.not_resources)
    # A trust policy has no Resource element: the role that it hangs on is meant.
    return ALWAYS if policy_type in ("trust", "resource") else NEVER


def _covers(patterns: Iterable[str], arn: str, policy_type: PolicyType, values: Values, version: str) -> Expression:
    hanging: list[Expression] = []
    for each in patterns:
        if each[-1:] == EVERYTHING and _begins(each[:-1], arn):
            return ALWAYS
        found = _compiled(each, policy_type, version).matches(arn, values)
        if found is ALWAYS:
            return ALWAYS
        if found is not NEVER:
            hanging.append(found)
    return any_of(hanging) if hanging else NEVER


def _begins(start: str, arn: str) -> bool:
    """Whether the ARN begins, letter by letter, with what stands before the last `*` of a pattern.

    Then the pattern matches whatever other wildcards it holds, and need not be compiled: most are asked once.
    """
    return arn.startswith(start) and start.count(":") >= FIELDS - 1 and start[:4].lower() == "arn:" and "$" not in start


def decide_variable(condition: Condition, arn: str | None, values: Values) -> Expression:
    """A test that `covers_resource` made, under other values; without the resource it is told only if none matches."""
    # Which short ARNs are padded was settled when the test was made.
    pattern = _compiled(condition.values[0], "identity", VERSION)
    return pattern.decide(condition, arn, values)


def _compiled(pattern: str, policy_type: PolicyType, version: str) -> _Pattern:
    # A long pattern is an upload's way to fill the memory.
    make = _remembered if len(pattern) <= _LONGEST_KEPT else _compile
    return make(pattern, policy_type, version)


def _compile(pattern: str, policy_type: PolicyType, version: str) -> _Pattern:
    # Fields first: a variable before the fifth colon is none.
    fields = pattern.split(":", FIELDS - 1)
    if pattern == EVERYTHING or fields[0].lower() != "arn":
        return _Pattern(pattern)
    missing = FIELDS - len(fields)
    if missing and not _PADDED[policy_type](pattern):
        return _Pattern(pattern)
    text = pattern + f":{EVERYTHING}" * missing
    rest = EVERYTHING if missing else fields[-1]
    resource = parse_variables(rest) if has_variables(rest, version) else compile_glob(rest)
    return _Pattern(pattern, text[: len(text) - len(rest)], resource, bool(missing))


def _field_globs(head: str) -> tuple[tuple[int, Glob], ...]:
    """Globs of partition, service, region and account, with their places."""
    placed = enumerate(head.split(":")[1:-1], 1)
    return tuple((place, compile_glob(each, ignore_case=True)) for place, each in placed if each != EVERYTHING)


# Pure, so remembering changes nothing but time: the same few patterns meet every role of an organization.
_remembered_globs = lru_cache(maxsize=1_024)(_field_globs)
_remembered = lru_cache(maxsize=4_096)(_compile)
