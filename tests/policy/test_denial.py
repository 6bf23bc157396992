"""What AWS writes when it denies, as people paste it."""

from __future__ import annotations

from string import ascii_letters

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamviz.policy.denial import LONGEST_MESSAGE, Denial, read_denial

USER = "arn:aws:iam::111122223333:user/alice"
ROLE = "arn:aws:iam::444455556666:role/ci/deploy"
SESSION = "arn:aws:sts::111122223333:assumed-role/developers/alice@example.com"


def denial(text: str) -> tuple[str | None, str | None, str | None]:
    found = read_denial(text)
    return found.caller, found.action, found.resource


@pytest.mark.parametrize(
    "text",
    [
        f"User: {USER} is not authorized to perform: sts:AssumeRole on resource: {ROLE}",
        (
            f"An error occurred (AccessDenied) when calling the AssumeRole operation: User: {USER} is not authorized "
            f"to perform: sts:AssumeRole on resource: {ROLE}"
        ),
        (
            f"User: {USER} is not authorized to perform: sts:AssumeRole on resource: {ROLE} because no identity-based "
            "policy allows the sts:AssumeRole action"
        ),
        (
            f'{{"errorCode": "AccessDenied", "errorMessage": "User: {USER} is not authorized to perform: '
            f'sts:AssumeRole on resource: {ROLE}"}}'
        ),
        f'"User: {USER} is not authorized to perform: sts:AssumeRole on resource: \\"{ROLE}\\" with an explicit deny"',
        f"User: {USER} is not\n authorized to perform:\r\n  sts:AssumeRole on\tresource: {ROLE}.",
        f"│ Error: User: {USER} is not authorized to perform: sts:AssumeRole\n│ on resource: {ROLE}\n╵",
        (
            f"AccessDenied: User: {USER} is not authorized to perform: sts:AssumeRole on resource: {ROLE} (Service: "
            "Sts, Status Code: 403, Request ID: 0b9d)"
        ),
        f"User: {USER} is not authorized to perform: sts:AssumeRole on resource: {ROLE}\\n\\nIf this persists",
        f"'User: {USER} is not authorized to perform: `sts:AssumeRole` on resource: `{ROLE}`'",
    ],
)
def test_caller_action_and_resource_are_read_however_the_message_was_printed(text: str) -> None:
    assert denial(text) == (USER, "sts:AssumeRole", ROLE)


@pytest.mark.parametrize(
    ("words", "kind", "explicit"),
    [
        ("because no identity-based policy allows the s3:GetObject action", "identity", False),
        ("because no resource-based policy allows the s3:GetObject action", "resource", False),
        ("because no permissions boundary allows the s3:GetObject action", "boundary", False),
        ("because no session policy allows the s3:GetObject action", "session", False),
        ("because no service control policy allows the s3:GetObject action", "scp", False),
        ("because no resource control policy allows the s3:GetObject action", "rcp", False),
        ("because no VPC endpoint policy allows the s3:GetObject action", "vpce", False),
        ("with an explicit deny in an identity-based policy", "identity", True),
        ("with an explicit deny in a resource-based policy", "resource", True),
        ("with an explicit deny in a permissions boundary", "boundary", True),
        ("with an explicit deny in a session policy", "session", True),
        ("with an explicit deny in a service control policy", "scp", True),
        ("with an explicit deny in a resource control policy", "rcp", True),
        ("with an explicit deny in a VPC endpoint policy", "vpce", True),
        ("with an explicit deny", None, True),
        ("", None, False),
    ],
)
def test_the_kind_of_policy_that_said_no_is_read(words: str, kind: str | None, *, explicit: bool) -> None:
    found = read_denial(
        f'User: {SESSION} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::logs/a" {words}'
    )
    assert (found.denied_by, found.explicit) == (kind, explicit)
    assert (found.action, found.resource) == ("s3:GetObject", "arn:aws:s3:::logs/a")


def test_the_policy_with_the_explicit_deny_is_read_where_aws_tells_it() -> None:
    policy = "arn:aws:organizations::111122223333:policy/o-abc/service_control_policy/p-123"
    found = read_denial(
        f"User: {USER} is not authorized to perform: ec2:RunInstances on resource: "
        f"arn:aws:ec2:eu-west-1:111122223333:instance/* with an explicit deny in a service control policy: {policy}"
    )
    assert (found.denied_by, found.policy) == ("scp", policy)


def test_a_session_names_its_role() -> None:
    found = read_denial(f"User: {SESSION} is not authorized to perform: iam:CreateRole on resource: {ROLE}")
    assert found.role_session == ("111122223333", "developers", "alice@example.com")
    assert read_denial(f"User: {USER} is not authorized to perform: iam:CreateRole").role_session is None


@pytest.mark.parametrize("quote", ['"', "'", "`"])
def test_a_resource_between_quotes_may_hold_spaces(quote: str) -> None:
    named = f"{quote}arn:aws:s3:::b/my file.txt{quote}"
    text = f"User: {USER} is not authorized to perform: s3:GetObject on resource: {named} because"
    assert denial(text)[2] == "arn:aws:s3:::b/my file.txt"


def test_nobody_may_have_signed_the_request() -> None:
    found = read_denial(
        "User: anonymous is not authorized to perform: execute-api:Invoke on resource: "
        "arn:aws:execute-api:us-east-1:********3333:abc/prod/GET/"
    )
    assert found.caller == "anonymous"
    assert any("masked" in remark for remark in found.remarks)


def test_a_message_without_a_caller_says_that_one_must_be_chosen() -> None:
    found = read_denial("Not authorized to perform sts:AssumeRoleWithWebIdentity")
    assert (found.caller, found.action) == (None, "sts:AssumeRoleWithWebIdentity")
    assert any("choose the identity" in remark for remark in found.remarks)


def test_an_operation_is_not_taken_for_an_action() -> None:
    found = read_denial("An error occurred (AccessDenied) when calling the GetObject operation: Access Denied")
    assert (found.action, found.operation) == (None, "GetObject")
    assert any("GetObject" in remark for remark in found.remarks)


def test_an_encoded_message_says_how_to_read_it() -> None:
    found = read_denial("You are not authorized to perform this operation. Encoded authorization failure message: 4gH9")
    assert found.action is None
    assert any("decode-authorization-message" in remark for remark in found.remarks)


def test_what_is_encoded_does_not_hide_what_is_not() -> None:
    text = (
        f"You are not authorized to perform this operation. User: {USER} is not authorized to perform: "
        "ec2:RunInstances on resource: arn:aws:ec2:eu-west-1:111122223333:instance/* because no identity-based policy "
        "allows the ec2:RunInstances action. Encoded authorization failure message: 4gH9"
    )
    assert denial(text) == (USER, "ec2:RunInstances", "arn:aws:ec2:eu-west-1:111122223333:instance/*")
    assert read_denial(text).denied_by == "identity"


@pytest.mark.parametrize("kept", [10, 30, 60, 80, 100, 130])
def test_a_message_that_breaks_off_gives_what_is_whole(kept: int) -> None:
    whole = f"User: {USER} is not authorized to perform: sts:AssumeRole on resource: {ROLE}"
    found = read_denial(whole[:kept])
    assert found.caller is None or USER.startswith(found.caller)
    assert found.action is None or "sts:AssumeRole".startswith(found.action)
    assert found.remarks or found.resource is not None


def test_the_first_of_several_messages_is_read() -> None:
    one = f"User: {USER} is not authorized to perform: sqs:SendMessage"
    two = f"User: {SESSION} is not authorized to perform: iam:CreateRole on resource: {ROLE}"
    found = read_denial(f"{one}\n{two}")
    assert (found.caller, found.action) == (USER, "sqs:SendMessage")
    assert any("more than one" in remark for remark in found.remarks)


NOBODY = "Not authorized to perform sts:AssumeRoleWithWebIdentity"


@pytest.mark.parametrize(
    "text",
    [
        f"{NOBODY} {NOBODY} on resource: {ROLE} with an explicit deny",
        f"{NOBODY} Not authorized to perform s3:GetObject on resource: {ROLE} {NOBODY}",
    ],
)
def test_a_message_that_names_nobody_takes_nothing_from_the_next(text: str) -> None:
    assert denial(text) == (None, "sts:AssumeRoleWithWebIdentity", None)
    assert not read_denial(text).explicit
    assert "There is more than one message: the first was read." in read_denial(text).remarks


def test_a_message_that_names_the_caller_takes_nothing_from_those_around_it() -> None:
    one = f"User: {USER} is not authorized to perform: sqs:SendMessage"
    two = f"User: {SESSION} is not authorized to perform: iam:CreateRole on resource: {ROLE}"
    found = read_denial(f"{NOBODY} on resource: {ROLE} {one} {NOBODY} on resource: {ROLE} {two} {one}")
    assert (found.caller, found.action, found.resource) == (USER, "sqs:SendMessage", None)


def test_nothing_gives_nothing_and_says_so() -> None:
    assert read_denial("  \n") == Denial(remarks=("There is nothing to read.",))


@given(st.text(max_size=400))
def test_whatever_is_pasted_is_read_without_a_mistake(text: str) -> None:
    found = read_denial(text)
    assert found.resource is None or found.resource in text or "\\" in text or found.resource == "*"


PIECES = (
    *("User: ", USER, " is not authorized to perform", ": ", "s3:GetObject", " on resource: ", '"', ROLE, "\\"),
    *("because no ", "with an explicit deny", " in a ", "session policy", "when calling the ", "anonymous", "\n"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_pieces_in_any_order_are_read_without_a_mistake(text: str) -> None:
    found = read_denial(text)
    assert found.caller in (None, "anonymous") or found.caller.startswith("arn:")


def test_a_hostile_text_is_read_to_a_limit_only() -> None:
    for piece in (" is not authorized to perform", "on resource", "User: ", "with an explicit deny ", "*", '"'):
        text = piece * (2_000_000 // len(piece))
        assert any("beginning" in remark for remark in read_denial(text).remarks)
    assert LONGEST_MESSAGE < 2_000_000


ENCODED = (
    "A part of the message is encoded. Whoever may call it can read the rest with:"
    " aws sts decode-authorization-message --encoded-message …"
)
NO_CALLER = "The message does not say who asked: choose the identity."
NO_ACTION = "No action was found: paste the whole message, from “User:” on."
ASKED = f"User: {USER} is not authorized to perform: s3:GetObject"


@pytest.mark.parametrize(
    ("text", "remarks"),
    [
        (f"{ASKED} on resource: *", ()),
        (ASKED, ("The message names no resource, or breaks off before it: type its ARN.",)),
        ("Not authorized to perform sts:AssumeRoleWithSAML on resource: *", (NO_CALLER,)),
        (
            "when calling the GetObject operation",
            (
                NO_CALLER,
                "The message names the operation GetObject, not the action: type the action, service first.",
            ),
        ),
        ("nothing of the kind", (NO_CALLER, NO_ACTION)),
        ("encoded authorization failure message: 4gH9", (ENCODED, NO_CALLER, NO_ACTION)),
        (
            f"{ASKED} on resource: arn:aws:execute-api:us-east-1:********3333:abc/prod/GET/",
            ("AWS has masked digits of the account in the resource: type them in.",),
        ),
        (f"{ASKED} on resource: * {ASKED} on resource: *", ("There is more than one message: the first was read.",)),
        (f"{ASKED} on resource: *".ljust(LONGEST_MESSAGE), ()),
        (f"{ASKED} on resource: *".ljust(LONGEST_MESSAGE + 1), ("Only the beginning was read: it is very long.",)),
        ("x" * 6, (NO_CALLER, NO_ACTION)),
    ],
)
def test_what_is_missing_is_said_with_what_to_do_about_it(text: str, remarks: tuple[str, ...]) -> None:
    assert read_denial(text).remarks == remarks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (None, None, None)),
        (f"User: {USER}", (USER, None, None)),
        (f"User:{USER} is not authorized to perform: s3:GetObject", (USER, "s3:GetObject", None)),
        (f"x User: '{USER}' tries", (USER, None, None)),
        (f"User: '{USER}' is not authorized to perform: s3:GetObject", (USER, "s3:GetObject", None)),
        ('User: "anonymous" is not authorized to perform: s3:GetObject', ("anonymous", "s3:GetObject", None)),
        (f"{USER} is not authorized to perform s3:GetObject on resource *", (USER, "s3:GetObject", "*")),
        ("alice is not authorized to perform: s3:GetObject", (None, "s3:GetObject", None)),
        ("User: anonymous is not authorized to perform: (s3:GetObject),", ("anonymous", "s3:GetObject", None)),
        ("Not authorized to perform s3:GetObject on resource * Not authorized", (None, "s3:GetObject", "*")),
        (f"{ASKED}; on resource: `*`", (USER, "s3:GetObject", "*")),
        (f'{ASKED} on resource: \\"{ROLE}\\"', (USER, "s3:GetObject", ROLE)),
        (f'{ASKED} on resource: "{ROLE} because', (USER, "s3:GetObject", ROLE)),
        (f'{ASKED} on resource: "{ROLE} because no identity-based policy', (USER, "s3:GetObject", ROLE)),
        (f"{ASKED} on resource: {ROLE} (twice on resource group)", (USER, "s3:GetObject", ROLE)),
        (f"{ASKED} on resource: '{ROLE}'.", (USER, "s3:GetObject", ROLE)),
        (f"{ASKED} on resource: {ROLE}), so", (USER, "s3:GetObject", ROLE)),
        (f'{ASKED} on resource: {ROLE}"}}', (USER, "s3:GetObject", ROLE)),
        (f"{ASKED} on resource: {ROLE}. And", (USER, "s3:GetObject", f"{ROLE}.")),
        (f"{ASKED} on resource: bucket", (USER, "s3:GetObject", None)),
        (f"{ASKED} on resource: {ROLE} {ASKED} on resource: *", (USER, "s3:GetObject", ROLE)),
        (f"on resource: * {ASKED}", (USER, "s3:GetObject", None)),
        (f"User: {USER} is not authorized to perform: {'x' * 101}:Get", (USER, None, None)),
        (f"User: {USER} is not authorized to perform: {'x' * 100}:Get", (USER, f"{'x' * 100}:Get", None)),
    ],
)
def test_what_is_asked_is_read_and_nothing_beside_it(text: str, expected: tuple[str | None, ...]) -> None:
    assert denial(text) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("with an EXPLICIT DENY in a Session Policy", (True, "session", None)),
        (
            "because no session policy allows it, with an explicit deny in a permissions boundary",
            (True, "boundary", None),
        ),
        ("with an explicit deny in a session policy, no permissions boundary", (True, "session", None)),
        (f"with an explicit deny in a session policy : {ROLE}), as", (True, "session", ROLE)),
        (f"with an explicit deny in a session policy:{ROLE} with an explicit deny", (True, "session", ROLE)),
        (f"with an explicit deny in a session policy: {ROLE} and {USER}", (True, "session", ROLE)),
        (f"with an explicit deny in a session policy: {ROLE} or in a session policy: {USER}", (True, "session", ROLE)),
        ("with an explicit deny in a session policy: p-123", (True, "session", None)),
        ("with an explicit deny in a session policy:", (True, "session", None)),
        (f"with an explicit deny in a session policy; {ROLE}", (True, "session", None)),
        (f"because no session policy: {ROLE}", (False, "session", None)),
        (f"with an explicit deny {'x' * 270} session policy", (True, "session", None)),
        (f"with an explicit deny {'x' * 300} session policy", (True, None, None)),
        ("session policy", (False, None, None)),
    ],
)
def test_which_policy_denied_is_read(words: str, expected: tuple[bool, str | None, str | None]) -> None:
    found = read_denial(f"{ASKED} on resource: * {words}")
    assert (found.explicit, found.denied_by, found.policy) == expected


def test_the_verdict_is_read_behind_letters_that_are_longer_in_lower_case() -> None:
    found = read_denial(
        f'{ASKED} on resource: "arn:aws:s3:::photos/{"İ" * 40}.jpg" with an explicit deny in an identity-based policy: '
        f"arn:aws:iam::111122223333:policy/NoPhotos"
    )
    assert (found.explicit, found.denied_by) == (True, "identity")
    assert found.policy == "arn:aws:iam::111122223333:policy/NoPhotos"


@pytest.mark.parametrize("letter", ascii_letters)
def test_no_letter_at_the_end_of_a_name_is_taken_for_punctuation(letter: str) -> None:
    action, role = f"{letter}s:Get{letter}", f"{ROLE}{letter}"
    asked = f"User: {USER}{letter} is not authorized to perform: {action}"
    for named in (role, f"{role}, as", f"`{role}`", f'\\"{role}\\" because', f"{role} with an explicit deny"):
        assert denial(f"{asked} on resource: {named}") == (f"{USER}{letter}", action, role)
    policy = read_denial(f"{asked} on resource: * with an explicit deny in a session policy: {role}.").policy
    assert policy == role
    assert read_denial(f"when calling the Get{letter} operation").operation == f"Get{letter}"
    assert read_denial(f"{asked} on resource: {letter}{ROLE}").resource is None


@pytest.mark.parametrize(
    ("words", "operation"),
    [
        ("when calling the GetObject operation", "GetObject"),
        ("when calling the `GetObject`, so", "GetObject"),
        ("when calling the GetObject.", "GetObject"),
        ("when calling the GetObject operation, then when calling the PutObject operation", "GetObject"),
        ("when calling the  ", None),
        ("calling the GetObject operation", None),
    ],
)
def test_the_operation_is_read(words: str, operation: str | None) -> None:
    assert read_denial(words).operation == operation


@pytest.mark.parametrize(
    ("caller", "session"),
    [
        ("arn:aws:sts::111122223333:assumed-role/r", ("111122223333", "r", "")),
        ("arn:aws:sts::111122223333:assumed-role/r/a/b", ("111122223333", "r", "a/b")),
        ("arn:aws:sts::111122223333:assumed-role//s", None),
        ("arn:aws:sts::111122223333:federated-user/r/s", None),
        ("arn:aws:iam::111122223333:assumed-role/r/s", None),
    ],
)
def test_the_session_of_a_role(caller: str, session: tuple[str, str, str] | None) -> None:
    assert Denial(caller=caller).role_session == session
