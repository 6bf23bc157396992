import { expect, it } from "vitest";
import { readDrop } from "./files";

const BATCH = 2;

function fileEntry(path: string): FileSystemFileEntry {
  const file = new File(["{}"], path.split("/").at(-1) ?? "");
  return { isFile: true, isDirectory: false, fullPath: path, file: (found: FileCallback) => found(file) } as FileSystemFileEntry;
}

/** Answers a few entries at a time, as browsers do. */
function folderEntry(path: string, entries: FileSystemEntry[]): FileSystemDirectoryEntry {
  const rest = [...entries];
  const createReader = () => ({ readEntries: (found: FileSystemEntriesCallback) => found(rest.splice(0, BATCH)) });
  return { isFile: false, isDirectory: true, fullPath: path, createReader } as unknown as FileSystemDirectoryEntry;
}

const dropOf = (...entries: FileSystemEntry[]) =>
  ({ items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })), files: [] }) as unknown as DataTransfer;

it("opens dropped folders, however deep and long, and keeps the paths", async () => {
  const accounts = folderEntry("/org/accounts", ["a", "b", "c", "d", "e"].map((name) => fileEntry(`/org/accounts/${name}.json`)));
  const files = await readDrop(dropOf(folderEntry("/org", [fileEntry("/org/organizations.json"), accounts]), fileEntry("/more.zip")));
  expect(files.map((file) => file.path)).toEqual([
    "org/organizations.json",
    "org/accounts/a.json",
    "org/accounts/b.json",
    "org/accounts/c.json",
    "org/accounts/d.json",
    "org/accounts/e.json",
    "more.zip",
  ]);
});

it("leaves out what operating systems put into folders", async () => {
  const files = await readDrop(dropOf(folderEntry("/org", [fileEntry("/org/.DS_Store"), fileEntry("/__MACOSX/x"), fileEntry("/org/a.json")])));
  expect(files.map((file) => file.path)).toEqual(["org/a.json"]);
});
