import { describe, expect, it } from "vitest";
import { queryOf, toggled } from "./filters";

describe("the filters of the address", () => {
  it("become a query", () => {
    expect(queryOf({ kind: "role,user", account: "012345678901", external: "true", ordering: "-trusted_by" })).toEqual({
      kind: ["role", "user"],
      account: ["012345678901"],
      external: true,
      ordering: "-trusted_by",
    });
  });

  it("leave out words that the API does not know, instead of failing", () => {
    expect(queryOf({ kind: "wizard", mfa: "maybe", ordering: "-colour" })).toEqual({ ordering: "name" });
  });
});

it("adds a word, and takes it off again", () => {
  expect(toggled(undefined, "role")).toBe("role");
  expect(toggled("role", "user")).toBe("role,user");
  expect(toggled("role", "role")).toBeUndefined();
});
