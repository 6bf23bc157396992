import { expect, test } from "vitest";
import { node, relation } from "../scene/builders";
import { blockedSentence } from "./blockedWords";
import { groundLines } from "../ui/groundLines";

test("a blocked relation names the layer, the policy and the statement that block it", () => {
  const blocked = { ...relation(node("ci"), node("deploy")), layer: "trust" as const, policy: "deploy", statement: 1 };
  expect(blockedSentence(blocked)).toBe("The trust policy of deploy (deploy, statement 2) keeps ci out.");
});

test("a boundary that allows nothing is named without a statement", () => {
  const blocked = { ...relation(node("ci"), node("deploy")), layer: "boundary" as const, policy: "arn:aws:iam::1:policy/Guard", statement: null };
  expect(blockedSentence(blocked)).toBe("The permissions boundary of ci (Guard) does not allow the call.");
});

test("a short document is shown whole, a long one around the lines that decide", () => {
  const long = Array.from({ length: 200 }, () => "x").join("\n");
  expect(groundLines("{\n}", [{ first_line: 1, last_line: 1 }])).toEqual({});
  expect(groundLines(long, [{ first_line: 100, last_line: 104 }])).toEqual({ firstLine: 94, lastLine: 110 });
  expect(groundLines(long, [])).toEqual({});
});
