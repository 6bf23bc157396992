import { expect, it } from "vitest";
import type { AppliedPolicy } from "../api/types";
import { actionsInWords, effectInWords, slugOf } from "./policyWords";

function policy(statement: unknown, rest: Partial<AppliedPolicy> = {}): AppliedPolicy {
  const text = JSON.stringify({ Statement: statement });
  return { source: "inline", name: "P", arn: null, group: null, text, problem: null, statements: [], ...rest };
}

const lines = (effect: "Allow" | "Deny") => ({ index: 0, sid: null, effect, first_line: 1, last_line: 2 });

it("names the first actions and counts the others", () => {
  expect(actionsInWords(policy([{ Action: ["a:1", "a:2", "a:3"] }, { Action: "a:4" }, { Action: "a:5" }]))).toBe(
    "a:1, a:2, a:3, a:4 and 1 more",
  );
});

it("does not read NotAction as what is allowed", () => {
  expect(actionsInWords(policy({ NotAction: "iam:*" }))).toBe("all but iam:*");
});

it.each(["{", "[]", '"x"', '{"Statement": 5}'])("reads no action out of %s", (text) => {
  expect(actionsInWords(policy(null, { text }))).toBe("no action");
});

it("says that a boundary narrows and never grants", () => {
  expect(effectInWords(policy([], { source: "boundary", statements: [lines("Allow")] }))).toBe("Narrows");
  expect(effectInWords(policy([], { statements: [lines("Allow"), lines("Deny")] }))).toBe("Grants, denies");
});

it("says unknown of a document that was not understood", () => {
  expect(effectInWords(policy([], { problem: "a statement has no Effect", statements: [lines("Allow")] }))).toBe("Unknown");
});

it("gives policies of the same name on a user and its group different places in the address", () => {
  const group = { id: "g", key: "g", kind: "group", name: "admins", account: null, account_name: null, admin: "no" } as const;
  expect(slugOf(policy([], { source: "group-inline", group }))).not.toBe(slugOf(policy([])));
});
