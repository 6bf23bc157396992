"""Laws that every decision keeps, whatever the policies: on random requests in a small world."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from itertools import product
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from iamviz.policy.lines import evaluate_line

Line = dict[str, Any]

HERE, THERE = "111111111111", "222222222222"
USER = f"arn:aws:iam::{HERE}:user/ana"
ROLE = f"arn:aws:iam::{HERE}:role/team/app"
ASKING_SESSION = "sts:RoleSessionName"
"""Which session of a role asks: no condition key of the request says so."""
SESSION = f"arn:aws:sts::{HERE}:assumed-role/app/s1"
FEDERATED = f"arn:aws:sts::{HERE}:federated-user/ana"
ROOT = f"arn:aws:iam::{HERE}:root"
SERVICE = "cloudtrail.amazonaws.com"
IDENTITIES = (USER, ROLE, SESSION, FEDERATED)
PRINCIPALS = (*IDENTITIES, ROOT, SERVICE, None)
OBJECT, QUEUE = "arn:aws:s3:::bucket/home/ana", f"arn:aws:sqs:eu-west-1:{HERE}:jobs"
KEY, TRUSTING = f"arn:aws:kms:eu-west-1:{HERE}:key/1", f"arn:aws:iam::{HERE}:role/R"
REQUESTS = (
    ("s3:GetObject", OBJECT),
    ("sqs:SendMessage", QUEUE),
    ("kms:Decrypt", KEY),
    ("sts:AssumeRole", TRUSTING),
    ("iam:PassRole", TRUSTING),
    ("s3:ListAllMyBuckets", "*"),
)
IP, TAG, MFA = "aws:SourceIp", "aws:PrincipalTag/team", "aws:MultiFactorAuthPresent"
OUTCOMES: dict[str, tuple[str | None, ...]] = {
    IP: ("203.0.113.9", "198.51.100.1", None),
    TAG: ("ana", "ben", None),
    MFA: ("true", "false", None),
}
"""One value for each way in which the conditions below can turn out."""
FEW = 40
"""Examples where each is decided in every context."""
CONDITIONS: tuple[Line | None, ...] = (
    None,
    None,
    {"IpAddress": {IP: "203.0.113.0/24"}},
    {"NotIpAddress": {IP: "203.0.113.0/24"}},
    {"StringEquals": {TAG: "ana"}},
    {"StringNotEquals": {TAG: "ana"}},
    {"StringLikeIfExists": {TAG: "a*"}},
    {"Bool": {MFA: "true"}},
    {"BoolIfExists": {MFA: "false"}},
    {"Null": {TAG: "true"}},
    {"StringEquals": {TAG: "ana"}, "Bool": {MFA: "true"}},
    {"IpAddress": {IP: "203.0.113.0/24"}, "Null": {MFA: "false"}},
)
NAMED: tuple[Any, ...] = (
    "*",
    {"AWS": "*"},
    {"AWS": HERE},
    {"AWS": [USER]},
    {"AWS": [ROLE, USER]},
    {"AWS": SESSION},
    {"AWS": FEDERATED},
    {"Service": SERVICE},
)

actions = st.one_of(
    st.sampled_from(["*", "s3:*", "s3:Get*", "sqs:SendMessage", "kms:*", "sts:Assume*", "iam:Pass?ole"]).map(
        lambda pattern: {"Action": pattern}
    ),
    st.sampled_from(["iam:*", "s3:*"]).map(lambda pattern: {"NotAction": pattern}),
)
resources = st.one_of(
    st.sampled_from(
        ["*", "*", "arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket/home/${aws:PrincipalTag/team}", QUEUE, "arn:aws:kms:*"]
    ).map(lambda pattern: {"Resource": pattern}),
    st.sampled_from(["arn:aws:s3:::other/*", QUEUE]).map(lambda pattern: {"NotResource": pattern}),
)


@st.composite
def statements(draw: st.DrawFn, *, effect: str | None = None, named: bool = False) -> Line:
    statement: Line = {"Effect": effect or draw(st.sampled_from(["Allow", "Allow", "Allow", "Deny"]))}
    statement |= draw(actions) | draw(resources)
    condition = draw(st.sampled_from(CONDITIONS))
    if condition is not None:
        statement["Condition"] = condition
    if named:
        statement["Principal"] = draw(st.sampled_from(NAMED))
    return statement


def documents(*, named: bool = False, smallest: int = 0) -> st.SearchStrategy[Line]:
    return st.lists(statements(named=named), min_size=smallest, max_size=3).map(
        lambda kept: {"Version": "2012-10-17", "Statement": kept}
    )


def policies(*, named: bool = False, smallest: int = 0, most: int = 2) -> st.SearchStrategy[list[Line]]:
    return st.lists(documents(named=named), min_size=smallest, max_size=most).map(
        lambda kept: [{"name": f"p{number}", "document": each} for number, each in enumerate(kept)]
    )


def levels(*, named: bool = False) -> st.SearchStrategy[list[Line]]:
    return st.lists(policies(named=named, smallest=1), max_size=2).map(
        lambda kept: [{"target": f"t{number}", "policies": each} for number, each in enumerate(kept)]
    )


def or_none(found: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), found)


@st.composite
def lines(draw: st.DrawFn, principals: tuple[str | None, ...] = PRINCIPALS) -> Line:
    action, resource = draw(st.sampled_from(REQUESTS))
    return {
        "principal": draw(st.sampled_from(principals)),
        "action": action,
        "resource": resource,
        "resource_account": draw(st.sampled_from([HERE, HERE, THERE])),
        "identity_policies": draw(policies()),
        "resource_policy": draw(or_none(documents(named=True))),
        "permission_boundaries": draw(or_none(policies(smallest=1, most=1))),
        "service_control_policies": draw(levels()),
        "resource_control_policies": draw(levels(named=True)),
        "session_policies": draw(or_none(policies(smallest=1, most=1))),
        "vpc_endpoint_policies": draw(or_none(policies(named=True, smallest=1, most=1))),
    }


contexts = st.fixed_dictionaries({key: st.sampled_from(values) for key, values in OUTCOMES.items()})


def decided(line: Line, context: Mapping[str, str | None], *, unknown: bool = False) -> Line:
    return evaluate_line({**line, "context": dict(context)}, unknown_context=unknown)


def completions() -> Iterator[dict[str, str | None]]:
    yield from (dict(zip(OUTCOMES, values, strict=True)) for values in product(*OUTCOMES.values()))


def layer_documents(line: Line) -> list[Line]:
    """Every document of the line, to be changed in place."""
    lists = [line["identity_policies"], line["permission_boundaries"], line["session_policies"]]
    lists += [line["vpc_endpoint_policies"]]
    lists += [level["policies"] for name in ("service", "resource") for level in line[f"{name}_control_policies"]]
    found = [each["document"] for each_list in lists for each in each_list or ()]
    return found + ([line["resource_policy"]] if line["resource_policy"] else [])


@given(lines(IDENTITIES), contexts, st.booleans())
def test_a_deny_of_the_identity_wins(line: Line, context: dict[str, str | None], unknown: bool) -> None:  # noqa: FBT001 - drawn by name
    denying = {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}
    line["identity_policies"].append({"name": "denying", "document": denying})
    answer = decided(line, context, unknown=unknown)
    assert answer["decision"] == "explicitly_denied"
    assert "identity" in answer["blocked_by"]
    assert {"policy": "denying", "statement": 0, "effect": "Deny"} in answer["because"]


@given(lines(), contexts)
def test_a_deny_of_the_resource_wins_whoever_asks(line: Line, context: dict[str, str | None]) -> None:
    assume(line["action"] != "iam:PassRole")  # a role's trust policy speaks of assuming it only
    policy = line["resource_policy"] or {"Version": "2012-10-17", "Statement": []}
    denying = {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}
    line["resource_policy"] = {**policy, "Statement": [*policy["Statement"], denying]}
    answer = decided(line, context)
    assert answer["decision"] == "explicitly_denied"
    assert "resource" in answer["blocked_by"]


@given(lines(), contexts, st.data())
def test_one_more_allow_never_takes_access_away(
    line: Line, context: dict[str, str | None], data: st.DataObject
) -> None:
    found = layer_documents(line)
    assume(found)
    before = decided(line, context)
    document = data.draw(st.sampled_from(found))
    document["Statement"].append(data.draw(statements(effect="Allow", named=True)))
    after = decided(line, context)
    if before["decision"] == "allowed":
        assert after["decision"] == "allowed"
    assert (before["decision"] == "explicitly_denied") == (after["decision"] == "explicitly_denied")


@given(lines(IDENTITIES), contexts, st.data())
def test_a_boundary_with_an_allow_less_never_gives_more(
    line: Line, context: dict[str, str | None], data: st.DataObject
) -> None:
    line["permission_boundaries"] = [{"name": "boundary", "document": data.draw(documents(smallest=1))}]
    kept = line["permission_boundaries"][0]["document"]["Statement"]
    allowing = [number for number, each in enumerate(kept) if each["Effect"] == "Allow"]
    assume(allowing)
    before = decided(line, context)
    del kept[data.draw(st.sampled_from(allowing))]
    after = decided(line, context)
    assert before["decision"] == "allowed" or after["decision"] != "allowed"


@given(lines(), contexts, st.booleans(), st.randoms(use_true_random=False))
def test_the_order_of_statements_and_policies_is_irrelevant(
    line: Line,
    context: dict[str, str | None],
    unknown: bool,  # noqa: FBT001 - drawn by name
    random: Any,
) -> None:
    known = {} if unknown else context
    before = decided(line, known, unknown=unknown)
    shuffled = deepcopy(line)
    for document in layer_documents(shuffled):
        random.shuffle(document["Statement"])
    random.shuffle(shuffled["identity_policies"])
    for name in ("service", "resource"):
        for level in shuffled[f"{name}_control_policies"]:
            random.shuffle(level["policies"])
    after = decided(shuffled, known, unknown=unknown)
    assert [after[name] for name in ("decision", "blocked_by", "depends_on")] == [
        before[name] for name in ("decision", "blocked_by", "depends_on")
    ]


@given(lines(), contexts)
def test_with_a_full_context_nothing_is_unknown(line: Line, context: dict[str, str | None]) -> None:
    # Which of its sessions asks is no condition key: of a role that stays open however full the context.
    asked = {**line, "principal": SESSION} if line["principal"] == ROLE else line
    assert decided(asked, context, unknown=True) == decided(asked, context)


@given(lines(), contexts)
def test_what_is_reported_belongs_to_the_decision(line: Line, context: dict[str, str | None]) -> None:
    answer = decided(line, context)
    effects = {each["effect"] for each in answer["because"]}
    assert answer["depends_on"] == []
    match answer["decision"]:
        case "allowed":
            assert answer["blocked_by"] == []
            assert effects <= {"Allow"}
        case "explicitly_denied":
            assert answer["blocked_by"] != []
            assert effects == {"Deny"}
        case other:
            assert other == "implicitly_denied"
            assert answer["blocked_by"] != []
            assert effects == set()


@given(lines(), contexts, st.sets(st.sampled_from(sorted(OUTCOMES))))
def test_what_is_certain_stays_so_however_the_unknown_turns_out(
    line: Line, context: dict[str, str | None], known: set[str]
) -> None:
    given_keys = {key: value for key, value in context.items() if key in known}
    answer = decided(line, given_keys, unknown=True)
    outcome = decided(line, context)["decision"]
    match answer["decision"]:
        case "allowed" | "explicitly_denied" as certain:
            assert outcome == certain
        case "implicitly_denied":
            assert outcome != "allowed"
        case other:
            assert other == "conditional"


@settings(max_examples=FEW)
@given(lines())
def test_the_keys_reported_are_all_that_it_takes_to_know(line: Line) -> None:
    answer = decided(line, {}, unknown=True)
    assume(ASKING_SESSION not in answer["depends_on"])
    for context in completions() if answer["decision"] == "conditional" else ():
        needed = {key: value for key, value in context.items() if key in answer["depends_on"]}
        assert decided(line, needed, unknown=True)["decision"] != "conditional"


@settings(max_examples=FEW)
@given(lines())
def test_what_hangs_on_keys_can_turn_out_either_way(line: Line) -> None:
    answer = decided(line, {}, unknown=True)
    assume(ASKING_SESSION not in answer["depends_on"])
    outcomes = {decided(line, context)["decision"] == "allowed" for context in completions()}
    if answer["decision"] == "conditional":
        assert outcomes == {True, False}
    else:
        assert outcomes == {answer["decision"] == "allowed"}


@settings(max_examples=FEW)
@given(lines())
def test_no_key_is_reported_that_cannot_change_the_decision(line: Line) -> None:
    answer = decided(line, {}, unknown=True)
    assume(ASKING_SESSION not in answer["depends_on"])
    if answer["decision"] != "conditional":
        assert answer["depends_on"] == []
        return
    allowed = {tuple(context.values()): decided(line, context)["decision"] == "allowed" for context in completions()}
    places = {key: place for place, key in enumerate(OUTCOMES)}
    for key in answer["depends_on"]:
        place = places[key]
        rest: dict[tuple[str | None, ...], set[bool]] = {}
        for values, outcome in allowed.items():
            rest.setdefault((*values[:place], *values[place + 1 :]), set()).add(outcome)
        assert any(len(outcomes) > 1 for outcomes in rest.values()), key
