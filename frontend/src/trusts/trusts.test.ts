import { expect, test } from "vitest";
import { node } from "../scene/builders";
import { principalInWords } from "./principalWords";
import { cursorOf, readTrustSearch, trustQuery } from "./trustSearch";

test("whom a statement trusts is said in words", () => {
  expect(principalInWords(node("x", { kind: "anyone", account: null }), true)).toBe("Anyone, in any AWS account");
  expect(principalInWords(node("999988887777", { kind: "external-account", account: "999988887777", account_name: null }), true)).toBe(
    "Any principal of 999988887777, outside",
  );
  expect(principalInWords(node("ci", { account_name: "shared-ci" }), false)).toBe("ci in shared-ci");
});

test("only the filters that are set are asked for", () => {
  expect(trustQuery(readTrustSearch({}))).toEqual({ limit: 50 });
  expect(trustQuery(readTrustSearch({ external: "yes", account: "012345678901", cross: "yes", certainty: "certain" }))).toEqual({
    limit: 50,
    external: true,
    account: ["012345678901"],
    cross_account: true,
    certainty: ["certain"],
  });
  expect(trustQuery(readTrustSearch({ external: "perhaps", certainty: "surely" }))).toEqual({ limit: 50 });
});

test("the next page is its cursor", () => {
  expect(cursorOf("/api/v1/workspaces/w/revisions/1/trusts/?cursor=abc%3D&limit=50")).toBe("abc=");
  expect(cursorOf(null)).toBe("");
});
