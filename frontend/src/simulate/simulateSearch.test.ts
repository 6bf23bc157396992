import { describe, expect, it } from "vitest";
import { contextOf, readSimulated, writeSimulated } from "./simulateSearch";
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

it("makes a list of a key that stands twice, in whichever case", () => {
  const rows = [
    { key: "aws:TagKeys", value: "a" },
    { key: "aws:tagkeys", value: "b" },
    { key: "aws:SourceIp", value: "" },
  ];
  expect(contextOf(rows)).toEqual({ "aws:TagKeys": ["a", "b"], "aws:SourceIp": "" });
});
