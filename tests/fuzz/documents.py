"""Policy documents and requests that somebody hostile or careless may upload, from one seed."""

from __future__ import annotations

from random import Random
from typing import Any

ELEMENTS: tuple[str, ...] = (
    "Version",
    "Id",
    "Statement",
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
)
ELEMENTS += ("Resource", "NotResource", "Condition", "aws", "AWS", "Service", "Federated", "effect", "ACTION", "", "x")
OPERATORS: tuple[str, ...] = (
    "StringEquals",
    "StringLike",
    "StringNotLikeIfExists",
    "NumericLessThan",
    "DateGreaterThan",
    "Bool",
    "Null",
)
OPERATORS += ("ArnLike", "NotIpAddress", "IpAddress", "BinaryEquals", "ForAllValues:StringLike", "ForAnyValue:Bool")
OPERATORS += ("ForAnyValue:ForAnyValue:Null", "IfExists", "ForAllValues:", "stringequalsIFEXISTS", "StringSortOf", "")
KEYS = ("aws:SourceIp", "aws:PrincipalTag/x", "AWS:TAGKEYS", "sts:ExternalId", "aws:CurrentTime", "", "/", "${x}", "é")
TEXTS = (
    *("*", "", " ", "?", "s3:*", "*:*", "s3:GetObject", " s3:Get* ", "iam:*Role*", "Allow", "Deny", "2012-10-17"),
    *("arn:aws:s3:::b/*", "arn:aws:s3", "arn:", "arn:*", ":::::", "arn:aws:iam::111111111111:root", "111111111111"),
    *("arn:aws:sts::111111111111:assumed-role/x/y", "AROAEXAMPLE", "${aws:username}", "${", "${}", "${a, 'b'}"),
    *("${*}${?}${$}", "${${a}}", "${a,", "true", "FALSE", "10", "1e999", "-0", "nan", "inf", "0x10", "१२", "٣"),
    *("2026-06-01", "2026-02-30T25:00:00Z", "99999999999999999999", "0001-01-01T00:00:00+23:59", "10.0.0.0/8"),
    *("::/0", "::ffff:1.2.3.4", "1.2.3.4/33", "fe80::1%eth0", "QQ==", "Q", "\x00", "\ud800", "\u202e", "𝔞", "İ", "ß"),
)
ODD: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1.5,
    10**40,
    111111111111,
    12345678901,
    [],
    {},
    [[]],
    [None],
    {"": {}},
)
ODD += (float("inf"), float("nan"))
PRINCIPALS: tuple[Any, ...] = (
    *(None, "ec2.amazonaws.com", "accounts.google.com", "a" * 64, "arn:aws:iam::111111111111:user/u"),
    *(
        "arn:aws:sts::111111111111:assumed-role/r/s",
        "arn:aws:iam::111111111111:root",
        "arn:aws:iam::111111111111:role/r",
    ),
    "arn:aws:sts::111111111111:federated-user/u",
)
ACTIONS = (
    "s3:GetObject",
    "sts:AssumeRole",
    "kms:Decrypt",
    "iam:PassRole",
    "sts:AssumeRoleWithSAML",
    "s3:ListAllMyBuckets",
)
RESOURCES = (
    "*",
    "arn:aws:s3:::b/k",
    "arn:aws:iam::111111111111:role/R",
    "arn:aws:kms:x:111111111111:key/k",
    "arn:aws:s3",
)

EVERYTHING: dict[str, Any] = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}

MOST_NESTED = 6
LONGEST = 3_000


def text(random: Random) -> str:
    kind = random.random()
    if kind < 0.8:
        return random.choice(TEXTS)
    if kind < 0.9:
        return "".join(random.choice(TEXTS) for _ in range(random.randint(1, 6)))
    if kind < 0.99:
        return "".join(chr(random.choice((random.randrange(128), random.randrange(0xD800)))) for _ in range(8))
    return random.choice("*?a:/${") * random.randrange(LONGEST)


def junk(random: Random, depth: int = 0) -> Any:
    """Any JSON value, elements of policies in the wrong place among them."""
    kind = random.random()
    if kind < 0.3 or depth > MOST_NESTED:
        return random.choice(ODD)
    if kind < 0.6:
        return text(random)
    if kind < 0.8:
        return [junk(random, depth + 1) for _ in range(random.randrange(4))]
    return {random.choice((*ELEMENTS, *OPERATORS, *KEYS)): junk(random, depth + 1) for _ in range(random.randrange(4))}


def _spoiled(random: Random, value: Any, share: float) -> Any:
    return junk(random) if random.random() < share else value


def texts(random: Random) -> Any:
    return text(random) if random.random() < 0.5 else [text(random) for _ in range(random.randrange(4))]


def condition(random: Random, share: float) -> Any:
    return {
        random.choice(OPERATORS): _spoiled(
            random,
            {random.choice(KEYS): _spoiled(random, texts(random), share) for _ in range(random.randrange(3))},
            share,
        )
        for _ in range(random.randrange(3))
    }


def principal(random: Random, share: float) -> Any:
    kinds = ("AWS", "Service", "Federated", "CanonicalUser", "aws")
    named = {random.choice(kinds): _spoiled(random, texts(random), share) for _ in range(random.randrange(1, 3))}
    return random.choice(("*", {"AWS": "111111111111"}, named))


def statement(random: Random, share: float) -> Any:
    made: dict[str, Any] = {
        "Effect": random.choice(("Allow", "Deny", "allow")),
        random.choice(("Action", "Action", "NotAction")): random.choice(("*", "*", texts(random))),
        random.choice(("Resource", "Resource", "NotResource")): random.choice(("*", "*", texts(random))),
    }
    if random.random() < 0.5:
        made["Condition"] = condition(random, share)
    if random.random() < 0.5:
        made[random.choice(("Principal", "NotPrincipal"))] = principal(random, share)
    return {name: _spoiled(random, value, share) for name, value in made.items()}


def document(random: Random) -> Any:
    """A document: right, with something wrong in it, or wrong throughout."""
    share = random.choice((0.0, 0.0, 0.0, 0.0, 0.02, 0.3))
    kept = [_spoiled(random, statement(random, share), share) for _ in range(random.randrange(4))]
    made = {"Version": random.choice(("2012-10-17", "2012-10-17", "2008-10-17", "x")), "Statement": kept}
    return _spoiled(random, {name: _spoiled(random, value, share) for name, value in made.items()}, share)


def line(random: Random, documents: list[Any]) -> dict[str, Any]:
    """A request with the documents in random layers."""
    share = random.choice((0.0, 0.0, 0.0, 0.0, 0.05))
    context = {random.choice(KEYS): random.choice((text(random), [text(random)], None)) for _ in range(3)}
    made: dict[str, Any] = {
        "id": random.choice((1, "x", None, {"a": 1})),
        "principal": random.choice(PRINCIPALS) if random.random() < 0.9 else text(random),
        "action": random.choice(ACTIONS) if random.random() < 0.9 else text(random),
        "resource": random.choice(RESOURCES) if random.random() < 0.7 else text(random),
        "resource_account": random.choice((None, "111111111111", "222222222222")),
        "context": context,
    }
    if random.random() < 0.7:
        made["identity_policies"] = [{"name": "all", "document": EVERYTHING}]
        made["resource_policy"] = {**EVERYTHING, "Statement": {**EVERYTHING["Statement"], "Principal": "*"}}
    for each in documents:
        named = {"name": "p", "document": each}
        layer = random.choice(("identity", "resource", "boundary", "scp", "rcp", "session", "vpce"))
        match layer:
            case "resource":
                made["resource_policy"] = each
            case "scp" | "rcp":
                made["service_control_policies" if layer == "scp" else "resource_control_policies"] = [
                    {"target": "r-root", "policies": [named]}
                ]
            case _:
                made[f"{_FIELDS[layer]}_policies" if layer != "boundary" else "permission_boundaries"] = [named]
    return {name: _spoiled(random, value, share) for name, value in made.items()}


_FIELDS = {"identity": "identity", "session": "session", "vpce": "vpc_endpoint"}
