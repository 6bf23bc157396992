/** The contrast that look.md promises, computed from the style sheet itself. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const SHEET = readFileSync(join(import.meta.dirname, "tokens.css"), "utf8");

type Theme = "light" | "dark";
const THEMES: Theme[] = ["light", "dark"];

function readTokens(): Record<Theme, Map<string, string>> {
  const tokens = { light: new Map<string, string>(), dark: new Map<string, string>() };
  for (const [, name = "", light = "", dark = ""] of SHEET.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)) {
    tokens.light.set(name, light);
    tokens.dark.set(name, dark);
  }
  const same = /--on-kind: (#\w{6})/.exec(SHEET)?.[1] ?? "";
  for (const theme of THEMES) tokens[theme].set("on-kind", same);
  return tokens;
}

const TOKENS = readTokens();

function luminance(colour: string): number {
  const channel = (at: number) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(theme: Theme, above: string, below: string): number {
  const [a, b] = [above, below].map((name) => {
    const colour = TOKENS[theme].get(name);
    if (colour === undefined) throw new Error(`No token --${name}`);
    return luminance(colour);
  }) as [number, number];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const worst = (theme: Theme, above: string, grounds: readonly string[]) =>
  Math.min(...grounds.map((ground) => contrast(theme, above, ground)));

const TEXT_GROUNDS = ["surface", "bg", "sunken", "hover", "selected", "raised", "mark-bg"];
const MARK_GROUNDS = ["surface", "bg", "selected"];
const TEXT = ["text", "text-2", "text-3", "accent", "critical", "high", "medium", "low", "yes", "if", "no", "json-key", "add", "del"];
const MARKS = ["control", "focus", "mark-bar", "edge"];
const KINDS = ["user", "role", "group", "ext", "admin", "svc"];

describe.each(THEMES)("in the %s theme", (theme) => {
  it.each(TEXT)("%s can be read on every ground that text stands on", (token) => {
    expect(worst(theme, token, TEXT_GROUNDS)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(MARKS)("%s can be told from every ground that marks stand on", (token) => {
    expect(worst(theme, token, MARK_GROUNDS)).toBeGreaterThanOrEqual(3);
  });

  it.each(KINDS)("the outline of %s can be told from the page", (kind) => {
    expect(worst(theme, `k-${kind}-line`, MARK_GROUNDS)).toBeGreaterThanOrEqual(3);
  });

  it.each(KINDS)("the letter of %s can be read on its fill", (kind) => {
    const ink = kind === "role" ? "on-role" : "on-kind";
    expect(contrast(theme, ink, `k-${kind}`)).toBeGreaterThanOrEqual(4.5);
  });

  it("the words of a primary button can be read", () => {
    expect(contrast(theme, "on-accent", "accent")).toBeGreaterThanOrEqual(4.5);
  });
});

it("holds each token of both themes", () => {
  expect([...TOKENS.dark.keys()].sort()).toEqual([...TOKENS.light.keys()].sort());
  expect(TOKENS.light.size).toBe(44);
});

it.each([
  ["text", 15.5, 11.0],
  ["text-2", 7.4, 6.9],
  ["text-3", 4.8, 4.7],
  ["accent", 6.2, 6.1],
  ["critical", 5.7, 5.9],
  ["yes", 6.1, 6.7],
  ["if", 6.0, 7.1],
  ["no", 5.2, 5.2],
  ["json-key", 6.9, 7.1],
] as const)("%s has the contrast that was designed: %d light, %d dark", (token, light, dark) => {
  expect(worst("light", token, TEXT_GROUNDS)).toBeCloseTo(light, 1);
  expect(worst("dark", token, TEXT_GROUNDS)).toBeCloseTo(dark, 1);
});
