import { describe, expect, test } from "vitest";
import { condition, node, relation } from "./builders";
import { conditionInWords, ifWords, relationSentence, verdictInWords, verdictSentence, whyInWords } from "./words";

describe("a condition in plain words", () => {
  test.each([
    [condition("Bool", "aws:MultiFactorAuthPresent", "true"), "the caller signed in with MFA"],
    [condition("BoolIfExists", "aws:MultiFactorAuthPresent", "false"), "the caller signed in without MFA, or is not sent"],
    [condition("StringEquals", "sts:ExternalId", "x1"), "the ExternalId that the caller sends is x1"],
    [condition("IpAddress", "aws:SourceIp", "203.0.113.0/24"), "the caller's IP address is in 203.0.113.0/24"],
    [condition("StringLike", "token.actions.githubusercontent.com:sub", "repo:a/b:*"), "the token's subject matches repo:a/b:*"],
    [condition("StringNotEquals", "aws:PrincipalOrgID", "o-1"), "the caller's organization is not o-1"],
    [condition("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-1/*"), "some value of the caller's place in the organization matches o-1/*"],
    [condition("Null", "aws:PrincipalTag/team", "true"), "the caller's tag team is not sent"],
    [condition("StringEquals", "aws:PrincipalAccount", "1", "2", "3", "4", "5"), "the caller's account is 1, 2, 3 or 2 more"],
  ])("%j", (given, words) => {
    expect(conditionInWords(given)).toBe(words);
  });

  test("says the opposite when it stands in a Deny", () => {
    const denied = { ...condition("StringEquals", "aws:SourceVpc", "vpc-1"), negated: true };
    expect(conditionInWords(denied)).toBe("the VPC that the call comes from is not vpc-1");
  });

  test("quotes an operator that it does not know, instead of guessing", () => {
    expect(conditionInWords(condition("StringAlmost", "aws:SourceIp", "x"))).toBe("StringAlmost aws:SourceIp x");
  });
});

test("an edge label names two conditions at most, and counts the others", () => {
  const three = [condition("Bool", "aws:MultiFactorAuthPresent", "true"), condition("IpAddress", "aws:SourceIp", "x"), condition("StringEquals", "sts:ExternalId", "x")];
  expect(ifWords(three.slice(0, 2))).toBe("if MFA and address");
  expect(ifWords(three)).toBe("if MFA and 2 more");
});

test("one key that two statements ask for is named once", () => {
  expect(ifWords([condition("StringEquals", "sts:ExternalId", "a"), condition("StringLike", "sts:ExternalId", "b*")])).toBe("if ExternalId");
});

test("a relation is a sentence with its place and its condition", () => {
  const alice = node("alice", { kind: "user" });
  const admin = node("OrgAdmin", { account: "999988887777", account_name: "management" });
  const hop = relation(alice, admin, { certainty: "conditional", conditions: [condition("IpAddress", "aws:SourceIp", "x")] });
  expect(relationSentence(hop)).toBe("alice assumes OrgAdmin in management, if address");
  expect(verdictInWords(hop)).toBe("If address");
});

test("an unknown relation says what is missing", () => {
  const hop = relation(node("a"), node("b"), { certainty: "unknown", reasons: ["the policy deploy is not in the snapshot"] });
  expect(verdictSentence(hop)).toBe("Unknown: the policy deploy is not in the snapshot");
});

test("the reason names both statements, counted from one", () => {
  const hop = relation(node("ci"), node("deploy"), {
    evidence: [
      { side: "trust", policy: "deploy", owner: "deploy", statement: 0, sid: null, effect: "Allow" },
      { side: "identity", policy: "arn:aws:iam::1:policy/path/Call", owner: "ci", statement: 1, sid: "Hop", effect: "Allow" },
    ],
  });
  expect(whyInWords(hop)).toBe(
    "The trust policy of deploy (statement 1) lets ci in, and Call (statement 2, Hop) lets ci make the call.",
  );
});
