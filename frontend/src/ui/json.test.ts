import { expect, it } from "vitest";
import { tokenize } from "./json";

const keysOf = (line: string) => tokenize(line).filter((token) => token.isKey).map((token) => token.text);
const textOf = (line: string) => tokenize(line).map((token) => token.text).join("");

it("finds the key of a line", () => {
  expect(keysOf('  "Effect": "Allow",')).toEqual(['"Effect"']);
});

it("finds several keys of one line", () => {
  expect(keysOf('{ "ArnLike": { "aws:PrincipalArn": "x" } }')).toEqual(['"ArnLike"', '"aws:PrincipalArn"']);
});

it("does not take a value for a key, whatever is in it", () => {
  expect(keysOf('  "Sid": "a: b \\": c",')).toEqual(['"Sid"']);
});

it.each(["", "}", '"unfinished', '"a\\', '  "<script>": "</script>"', '"\\u0022": 1'])("keeps all of %j", (line) => {
  expect(textOf(line)).toBe(line);
});
