import { describe, expect, it } from "vitest";
import type { Upload, UploadedFile } from "../api/types";
import { lineOf, sayTimeLeft, stepsOf, titleOf } from "./words";

const file = (name: string): UploadedFile => ({
  name,
  size: 1,
  sha256: "0",
  state: "read",
  kinds: [],
  accounts: [],
  notices: [],
  rejections: [],
});

function upload(rest: Partial<Upload>): Upload {
  return {
    id: 3,
    state: "reading",
    created: "2026-11-24T12:00:00Z",
    finished: null,
    by: null,
    source: "browser",
    size: 1,
    files: [file("a.json")],
    files_total: 1,
    progress: { step: "reading", done: 640, total: 1000, accounts_done: 0, accounts_total: 0, percent: 50 },
    warnings: 0,
    revision: null,
    error: null,
    ...rest,
  };
}

describe("an upload is called", () => {
  it("by its file", () => expect(titleOf(upload({}))).toBe("a.json"));

  it("by its folder, where all files come from one", () => {
    expect(titleOf(upload({ files: [file("org/a.json"), file("org/b.json")], files_total: 2 }))).toBe("org, 2 files");
  });

  it("by its first file and the number of the others", () => {
    expect(titleOf(upload({ files: [file("a.json"), file("b.json")], files_total: 41 }))).toBe("a.json and 40 more files");
  });
});

it("marks the steps before the running one as done, and says how far that is", () => {
  expect(stepsOf(upload({})).map(({ name, state }) => `${name}: ${state}`)).toEqual([
    "Stored: done",
    "Reading 640 of 1000: running",
    "Graph: waiting",
    "Layout: waiting",
    "Publishing: waiting",
  ]);
});

it("says how long it will take only when that is more than a guess", () => {
  const half = upload({});
  expect(sayTimeLeft(half, new Date("2026-11-24T12:00:01Z"))).toBeNull();
  expect(sayTimeLeft(half, new Date("2026-11-24T12:00:50Z"))).toBe("about 50 s left");
});

it("finds the line that a place names", () => {
  expect(lineOf("line 418,220, column 17")).toBe(418220);
  expect(lineOf("the whole file")).toBeNull();
});
