"""Reads what AWS writes when it denies a request: who asked for what on what, and which kind of policy said no."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from iamviz.policy.arn import parse_arn

DeniedBy = Literal["identity", "resource", "boundary", "session", "scp", "rcp", "vpce"]

LONGEST_MESSAGE = 64 * 1024
"""Characters; a paste may hold a whole log, and what decides stands in its first message."""

_NOT_AUTHORIZED = " is not authorized to perform"
_NOBODY_NAMED = "Not authorized to perform"
_RESOURCE = "on resource"
_ENCODED = "ncoded authorization failure message:"
_OPERATION = "when calling the "
_DENIED_BY: tuple[tuple[str, DeniedBy], ...] = (
    ("identity-based policy", "identity"),
    ("resource-based policy", "resource"),
    ("permissions boundary", "boundary"),
    ("session policy", "session"),
    ("service control policy", "scp"),
    ("resource control policy", "rcp"),
    ("vpc endpoint policy", "vpce"),
)
"""How the messages name the kinds of policies.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
"""

_KIND = re.compile("|".join(name for name, _ in _DENIED_BY), re.IGNORECASE | re.ASCII)
_VERDICTS = tuple(
    (re.compile(words, re.IGNORECASE | re.ASCII), explicit)
    for words, explicit in (("with an explicit deny", True), ("because no ", False))
)
_FAR = 300
"""Characters behind a verdict in which the kind of policy is looked for."""
_ACTION = re.compile(r"[a-zA-Z0-9-]{1,100}:[a-zA-Z0-9]{1,200}")
_POLICY = re.compile(r" ?: ?(\S+)")
_MASKED = re.compile(r"\*{4,}")
_FRAME = re.compile(r"[│║┃╷╵]|\\[nrt]")
"""What terminals draw beside a message, and line ends that JSON has spelled out."""
_QUOTES = "\"'`\\‘’“”"


@dataclass(frozen=True, slots=True)
class Denial:
    """What a message says; None for what it does not. `remarks` tell what to do about what is missing."""

    caller: str | None = None
    """An ARN, or "anonymous"."""
    action: str | None = None
    resource: str | None = None
    operation: str | None = None
    """The API operation, where only that is named."""
    explicit: bool = False
    denied_by: DeniedBy | None = None
    policy: str | None = None
    """ARN of the policy with the explicit deny, where AWS tells it."""
    remarks: tuple[str, ...] = ()

    @property
    def role_session(self) -> tuple[str, str, str] | None:
        """Account, name of the role and name of the session, if the caller is a session of a role."""
        arn = parse_arn(self.caller or "")
        if arn is None or arn.service != "sts" or arn.kind != "assumed-role":
            return None
        _, role, session = (*arn.resource.split("/", 2), "", "")[:3]
        return (arn.account, role, session) if role else None


class _Verdict(NamedTuple):
    """Whether it was an explicit deny, in which kind of policy, and in which one."""

    explicit: bool
    kind: DeniedBy | None
    policy: str | None


def read_denial(text: str) -> Denial:
    """The first denial in a text: a message as it was printed, logged, quoted, wrapped or cut short."""
    message = " ".join(_FRAME.sub(" ", text[:LONGEST_MESSAGE]).split())
    asked = _asked(message)
    verdict = _verdict(asked)
    found = Denial(
        caller=_caller(message),
        action=_action(asked),
        resource=_resource(asked),
        operation=_word_behind(message, _OPERATION),
        explicit=verdict.explicit,
        denied_by=verdict.kind,
        policy=verdict.policy,
    )
    return replace(found, remarks=tuple(_remarks(found, message, is_cut=len(text) > LONGEST_MESSAGE)))


def _opening(message: str) -> str:
    """The words before what was asked; those that tell who asked say more."""
    return _NOT_AUTHORIZED if _NOT_AUTHORIZED in message else _NOBODY_NAMED


def _asked(message: str) -> str:
    """From the words behind "to perform" to the end of that message."""
    behind = message.partition(_opening(message))[2]
    return behind.partition(_NOT_AUTHORIZED)[0].partition(_NOBODY_NAMED)[0]


def _caller(message: str) -> str | None:
    """The word before "is not authorized", or behind "User:" where the message breaks off before that."""
    before, found, _ = message.partition(_NOT_AUTHORIZED)
    word = before.rpartition(" ")[2] if found else _word_behind(message, "User: ") or ""
    named = word.rpartition("User:")[2].strip(_QUOTES)
    return named if named == "anonymous" or parse_arn(named) is not None else None


def _action(asked: str) -> str | None:
    word = asked.lstrip(": ").partition(" ")[0]
    found = _ACTION.fullmatch(word.strip(_QUOTES + ".,;()"))
    return found[0] if found else None


def _resource(asked: str) -> str | None:
    """Between quotes whatever it holds, else up to the next space."""
    _, found, behind = asked.partition(_RESOURCE)
    if not found:
        return None
    rest = behind.lstrip(": ").lstrip("\\")
    if rest[:1] in {'"', "'", "`"}:
        quoted, closed, _ = rest[1:].partition(rest[0])
        named = quoted.rstrip("\\") if closed else quoted.partition(" ")[0]
    else:
        named = rest.partition(" ")[0].partition('"')[0].strip(_QUOTES + ",;)")
    if rest == named:
        # Nothing follows: a full stop ends the sentence.
        named = named.rstrip(".")
    return named if named == "*" or parse_arn(named) is not None else None


def _verdict(asked: str) -> _Verdict:
    for words, explicit in _VERDICTS:
        found = words.search(asked)
        if found:
            kind, policy = _kind_of(asked[found.end() :])
            return _Verdict(explicit, kind, policy if explicit else None)
    return _Verdict(explicit=False, kind=None, policy=None)


def _kind_of(words: str) -> tuple[DeniedBy | None, str | None]:
    """The kind of policy that is named first, and its ARN if one follows."""
    found = _KIND.search(words, 0, _FAR)
    if not found:
        return None, None
    named = _POLICY.match(words, found.end())
    policy = named[1].strip(_QUOTES + ".,;)") if named else ""
    return dict(_DENIED_BY)[found[0].lower()], policy if parse_arn(policy) is not None else None


def _word_behind(message: str, marker: str) -> str | None:
    return message.partition(marker)[2].partition(" ")[0].strip(_QUOTES + ".,;") or None


def _remarks(found: Denial, message: str, *, is_cut: bool) -> Iterator[str]:
    """What is missing or doubtful, and what to do about it."""
    if not message:
        yield "There is nothing to read."
        return
    if _ENCODED in message:
        yield (
            "A part of the message is encoded. Whoever may call it can read the rest with:"
            " aws sts decode-authorization-message --encoded-message …"
        )
    yield from _what_is_missing(found)
    if message.count(_opening(message)) > 1:
        yield "There is more than one message: the first was read."
    if is_cut:
        yield "Only the beginning was read: it is very long."


def _what_is_missing(found: Denial) -> Iterator[str]:
    if found.caller is None:
        yield "The message does not say who asked: choose the identity."
    if found.action is not None:
        if found.resource is None:
            yield "The message names no resource, or breaks off before it: type its ARN."
    elif found.operation is not None:
        yield f"The message names the operation {found.operation}, not the action: type the action, service first."
    else:
        yield "No action was found: paste the whole message, from “User:” on."
    if _MASKED.search(found.resource or ""):
        yield "AWS has masked digits of the account in the resource: type them in."
