"""A document read straight from its text is what the exact reader makes of it, or it is left to that one."""

from __future__ import annotations

import json
from random import Random

import msgspec
import pytest

from iamviz.policy.catalogue import managed_policy
from iamviz.policy.document import MOST_STATEMENTS, Document, UnreadableDocument, parse_document
from iamviz.policy.plain import read_plain
from tests.fuzz.documents import document

ALLOW = '"Effect":"Allow","Action":"s3:Get*","Resource":"*"'


def _exactly(text: str) -> Document | None:
    try:
        return parse_document(json.loads(text))
    except UnreadableDocument:
        return None


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_read_is_what_the_exact_reader_makes_of_it(seed: int) -> None:
    random = Random(seed)  # noqa: S311  # made-up documents, not secrets
    texts = [json.dumps(document(random), ensure_ascii=False, separators=(",", ":")) for _ in range(200)]
    plain = [(text, found) for text in texts if (found := read_plain(text)) is not None]
    assert len(plain) > 2
    for text, found in plain:
        assert found == _exactly(text)
        assert found.problems == ()


@pytest.mark.parametrize("name", ["AdministratorAccess", "PowerUserAccess", "ReadOnlyAccess", "SecurityAudit"])
def test_the_policies_of_aws_are_plain(name: str) -> None:
    value = managed_policy(f"arn:aws:iam::aws:policy/{name}")
    found = read_plain(msgspec.json.encode(value).decode())
    assert found is not None
    assert found == parse_document(value)


def test_a_trust_with_conditions_is_plain() -> None:
    text = (
        '{"Statement":[{"Sid":"","Effect":"Allow","Principal":{"AWS":["*","111111111111"],"Service":"ec2.amazonaws.com"},'
        '"Action":["sts:AssumeRole","sts:TagSession"],'
        '"Condition":{"Bool":{"aws:MultiFactorAuthPresent":true},"StringEquals":{"sts:ExternalId":["é","b"]}}}]}'
    )
    found = read_plain(text)
    assert found is not None
    assert found == _exactly(text)


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param('"Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":false}}', id="false"),
        pytest.param('"Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":true}}', id="true"),
        pytest.param('"Action":"*","NotResource":["arn:aws:s3:::logs","arn:aws:s3:::logs/*"]', id="all but logs"),
        pytest.param('"NotAction":["iam:*","sts:*"],"Resource":"*"', id="all but two services"),
        pytest.param('"NotPrincipal":{"AWS":"111111111111"},"Action":"*","Resource":"*"', id="all but an account"),
        pytest.param(
            '"Principal":{"AWS":"111111111111","Service":"ec2.amazonaws.com","Federated":"cognito-identity.amazonaws.com"'
            ',"CanonicalUser":"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"},"Action":"*","Resource":"*"',
            id="principals of all kinds",
        ),
    ],
)
def test_every_element_of_a_statement_may_be_plain(statement: str) -> None:
    text = f'{{"Version":"2012-10-17","Statement":[{{"Sid":"a","Effect":"Deny",{statement}}}]}}'
    found = read_plain(text)
    assert found is not None
    assert found == _exactly(text)
    assert found.problems == ()


def test_a_document_with_as_many_statements_as_are_read_is_plain() -> None:
    def text(count: int) -> str:
        return f'{{"Statement":[{",".join(f"{{{ALLOW}}}" for _ in range(count))}]}}'

    found = read_plain(text(MOST_STATEMENTS))
    assert found is not None
    assert found == _exactly(text(MOST_STATEMENTS))
    assert read_plain(text(MOST_STATEMENTS + 1)) is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("{}", id="empty"),
        pytest.param('{"Statement":[]}', id="no statement"),
        pytest.param(f'{{"Statement":{{{ALLOW}}}}}', id="a statement for a list"),
        pytest.param(f'{{"Statement":[{{{ALLOW},"Action":"s3:*"}}]}}', id="an element twice"),
        pytest.param(
            f'{{"Version":"2012-10-17","Version":"2008-10-17","Statement":[{{{ALLOW}}}]}}', id="a version twice"
        ),
        pytest.param(
            f'{{"Statement":[{{{ALLOW},"Condition":{{"Bool":{{"a:b":"x","a:b":"y"}}}}}}]}}', id="a condition key twice"
        ),
        pytest.param(f'{{"Version":"x","Statement":[{{{ALLOW}}}]}}', id="an unknown version"),
        pytest.param(f'{{"Statement":[{{{ALLOW},"Sid":null}}]}}', id="null"),
        pytest.param(f'{{"Statement":[{{{ALLOW},"sid":"a"}}]}}', id="another case"),
        pytest.param(f'{{"Statement":[{{{ALLOW},"NotAction":"s3:*"}}]}}', id="both of two opposites"),
        pytest.param(f'{{"Statement":[{{{ALLOW},"NotResource":"*"}}]}}', id="both resources"),
        pytest.param(f'{{"Statement":[{{{ALLOW},"NotPrincipal":"*"}}]}}', id="everyone but nobody let in"),
        pytest.param(
            '{"Statement":[{"Effect":"Deny","Principal":"*","NotPrincipal":"*","Action":"*"}]}', id="both principals"
        ),
        pytest.param(f'{{"Statement":[{{{ALLOW},"Principal":{{"aws":"*"}}}}]}}', id="a principal in another case"),
        pytest.param(f'{{"Statement":[{{{ALLOW},"Principal":{{"AWS":"12345"}}}}]}}', id="an account without its zeros"),
        pytest.param(f'{{"Statement":[{{{ALLOW},"Principal":{{}}}}]}}', id="nobody named"),
        pytest.param(f'{{"Statement":[{{{ALLOW},"Principal":{{"AWS":[]}}}}]}}', id="nobody in a list"),
        pytest.param(f'{{"Statement":[{{{ALLOW},"Condition":{{"Sounds":{{"a:b":"x"}}}}}}]}}', id="an unknown operator"),
        pytest.param(f'{{"Statement":[{{{ALLOW},"Condition":{{"NumericEquals":{{"a:b":1}}}}}}]}}', id="a number"),
        pytest.param('{"Statement":[{"Effect":"Allow","Action":"s3","Resource":"*"}]}', id="an action without service"),
        pytest.param('{"Statement":[{"Effect":"Allow","Action":[],"Resource":"*"}]}', id="no action"),
        pytest.param(
            '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"bucket"}]}', id="a resource that is no ARN"
        ),
        pytest.param('{"Statement":[{"Effect":"Allow","Action":"*","Resource":[]}]}', id="no resource"),
        pytest.param('{"Statement":[{"Effect":"allow","Action":"*","Resource":"*"}]}', id="an effect in another case"),
        pytest.param('{"Statement":[{"Effect":"Allow","Resource":"*"}]}', id="neither action nor its opposite"),
        pytest.param("[" * 100_000, id="deep"),
        pytest.param('{"Statement":"\ud800"}', id="half a character"),
    ],
)
def test_what_is_odd_is_left_to_the_exact_reader(text: str) -> None:
    assert read_plain(text) is None


def test_space_and_escapes_do_not_make_a_document_odd() -> None:
    spaced = (
        '{ "Version" : "2012-10-17",\n "Statement": [{"Effect": "Allow", "Action": "s3:\\u0047et*", "Resource": "*"}] }'
    )
    found = read_plain(spaced)
    assert found == parse_document(json.loads(spaced))
    assert read_plain(spaced.encode()) == found


def test_a_key_that_stands_twice_is_left_to_others_however_it_is_spelled() -> None:
    statement = '{"Effect": "Deny", "\\u0045ffect" : "Allow", "Action": "s3:Get*", "Resource": "*"}'
    assert read_plain(f'{{"Statement": [{statement}]}}') is None
