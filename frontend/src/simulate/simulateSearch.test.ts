import { describe, expect, it } from "vitest";
import { selectionAt } from "./selection";
import { asksTrust, contextOf, policyHash, questionKey, readSimulated, resourceHint, writeSimulated } from "./simulateSearch";
import type { Simulated } from "./simulateSearch";

const QUESTION: Simulated = {
  principal: "arn:aws:iam::111122223333:user/alice",
  action: "s3:GetObject",
  resource: "arn:aws:s3:::logs/my file=1",
  account: "",
  context: [
    { key: "aws:SourceIp", value: "203.0.113.7" },
    { key: "aws:RequestTag/a=b c", value: "100% = a b" },
  ],
  unknown: true,
  policy: "",
};

describe("the address of a simulation", () => {
  it("comes back as it was", () => {
    expect(readSimulated(writeSimulated(QUESTION))).toEqual(QUESTION);
  });

  it.each(["%20", "%3D", "a=b", " ", "", "%25%20", "<script>"])("keeps the value %j", (value) => {
    const context = [{ key: "k", value }];
    expect(readSimulated(writeSimulated({ ...QUESTION, context })).context).toEqual(context);
  });

  it("holds nothing that is the default, and no row without a key", () => {
    expect(writeSimulated({ ...readSimulated({}), context: [{ key: " ", value: "x" }] })).toEqual({});
  });
});

describe("a pasted policy", () => {
  it.each(['{"Sid": "é 💡 \u0000 ?>~"}', "{\n}\n", "x".repeat(65_536)])("comes back as it was: %j", (policy) => {
    const hash = policyHash(policy);
    expect(hash).toMatch(/^policy=[-\w]+$/);
    expect(readSimulated({}, hash).policy).toBe(policy);
  });

  it("leaves no trace where it is blank, and is none where the address is mangled", () => {
    expect(policyHash(" \n")).toBe("");
    for (const hash of ["", "section", "policy=", "policy=a", "policy=%%"]) expect(readSimulated({}, hash).policy).toBe("");
  });

  it("makes another question", () => {
    expect(questionKey({ ...QUESTION, policy: "{}" })).not.toBe(questionKey(QUESTION));
  });
});

it("knows where a role's trust decides", () => {
  expect(["sts:AssumeRole", " STS:assumerolewithsaml ", "sts:TagSession"].filter((action) => !asksTrust({ action }))).toEqual([]);
  expect(["sts:GetCallerIdentity", "iam:PassRole", ""].filter((action) => asksTrust({ action }))).toEqual([]);
});

it("shows what a resource of the action looks like", () => {
  expect(resourceHint(["arn:${Partition}:s3:${Region}:${Account}:accesspoint/${Name}/object/${Key}", "arn:${Partition}:s3:::${Bucket}/${Key}"])).toBe(
    "arn:aws:s3:::Bucket/Key",
  );
  expect(resourceHint([])).toBe("*");
  expect(resourceHint(undefined)).toMatch(/^ARN/);
});

it("finds a place in a text", () => {
  const text = "{\n  two\n}";
  expect(selectionAt(text, 2, 3)).toEqual({ start: 4, end: 7 });
  expect(selectionAt(text, 3)).toEqual({ start: 8, end: 9 });
  expect(selectionAt(text, 2, 40)).toEqual({ start: 7, end: 7 });
  expect(selectionAt(text, 9)).toEqual({ start: text.length + 1, end: text.length + 1 });
});

it("makes a list of a key that stands twice, in whichever case", () => {
  const rows = [
    { key: "aws:TagKeys", value: "a" },
    { key: "aws:tagkeys", value: "b" },
    { key: "aws:SourceIp", value: "" },
  ];
  expect(contextOf(rows)).toEqual({ "aws:TagKeys": ["a", "b"], "aws:SourceIp": "" });
});
