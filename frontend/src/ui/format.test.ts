import { describe, expect, it } from "vitest";
import { ago, counted, cutMiddle, hours, size } from "./format";

const NOW = new Date("2026-11-24T12:00:00Z");

it.each([
  ["2026-11-24T03:00:00Z", "today"],
  ["2026-11-21T03:00:00Z", "3 d"],
  ["2026-06-24T03:00:00Z", "5 mo"],
  ["2024-02-24T03:00:00Z", "2 y"],
  [null, "–"],
])("says how long ago %s was", (time, words) => {
  expect(ago(time, NOW)).toBe(words);
});

describe("numbers", () => {
  it("counts one and many", () => {
    expect([counted(1, "role"), counted(1204, "role"), counted(2, "identity", "identities")]).toEqual([
      "1 role",
      "1,204 roles",
      "2 identities",
    ]);
  });

  it("writes sizes as people do", () => {
    expect([size(41), size(18_200_000), size(412_000_000)]).toEqual(["41 B", "18.2 MB", "412 MB"]);
  });

  it("writes the length of a session", () => {
    expect([hours(43_200), hours(900), hours(5400)]).toEqual(["12 h", "15 min", "1.5 h"]);
  });
});

it("cuts a long name in the middle and keeps both ends", () => {
  expect(cutMiddle("arn:aws:iam::111122223333:role/deploy", 13)).toBe("arn:aw…deploy");
  expect(cutMiddle("short", 13)).toBe("short");
});
