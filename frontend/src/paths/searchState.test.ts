import { describe, expect, test } from "vitest";
import { readPathSearch, writePathSearch } from "./searchState";
import type { PathSearch } from "./searchState";

const full: PathSearch = {
  from: "arn:aws:iam::111122223333:user/alice",
  to: "arn:aws:iam::444455556666:role/path/OrgAdmin",
  via: ["arn:aws:iam::111122223333:role/ci", "web:issuer example:sub with blanks 100%20"],
  avoid: ["account:777788889999"],
  follow: ["can-assume", "runs-as"],
  conditional: false,
  unknown: true,
  hops: 4,
  assume: { mfa: "no", sourceIp: "203.0.113.9", externalId: "known" },
  path: 3,
  edge: 2,
};

describe("the path finder's address", () => {
  test("holds the whole question and what is looked at", () => {
    expect(readPathSearch(writePathSearch(full))).toEqual(full);
  });

  test("is empty for the empty question", () => {
    expect(writePathSearch(readPathSearch({}))).toEqual({});
  });

  test("that somebody mistyped falls back to what is usual", () => {
    const read = readPathSearch({ hops: "99", path: "-1", follow: "nonsense", unknown: "perhaps" });
    expect(read).toEqual(readPathSearch({}));
  });
});
