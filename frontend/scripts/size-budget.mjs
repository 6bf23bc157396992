/** Fails when what a browser must load is larger than the budgets below (gzipped script and style, in kB). */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const SHELL = 150;
const MAP_ON_TOP = 60;
const ANY_ROUTE = 250;
const ENTRY = "src/main.tsx";
const build = new URL("../../static/build/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL("manifest.json", build), "utf8"));

/** The files that `key` brings with it, through static imports. */
function filesOf(key, seen = new Set(), files = new Set()) {
  if (seen.has(key)) return files;
  seen.add(key);
  const chunk = manifest[key];
  for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
  for (const next of chunk.imports ?? []) filesOf(next, seen, files);
  return files;
}

const sizes = new Map();
function kilobytes(files) {
  let total = 0;
  for (const file of files) {
    if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(new URL(file, build)), { level: 9 }).length);
    total += sizes.get(file);
  }
  return total / 1000;
}

const shell = filesOf(ENTRY);
const rows = [["shell", kilobytes(shell), SHELL]];
for (const key of manifest[ENTRY].dynamicImports ?? []) {
  const own = [...filesOf(key)].filter((file) => !shell.has(file));
  const size = kilobytes(own);
  if (key === "src/map/MapPage.tsx") rows.push(["map, on top of the shell", size, MAP_ON_TOP]);
  rows.push([`route ${key}`, kilobytes(shell) + size, ANY_ROUTE]);
}
let over = false;
for (const [name, size, limit] of rows) {
  const verdict = size <= limit ? "ok" : "OVER";
  over ||= size > limit;
  console.log(`${verdict.padEnd(5)}${size.toFixed(1).padStart(7)} of ${limit} kB  ${name}`);
}
process.exit(over ? 1 : 0);
