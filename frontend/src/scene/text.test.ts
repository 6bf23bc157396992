import { describe, expect, test } from "vitest";
import { fitMiddle, wrapWords } from "./text";

const letters = (text: string): number => text.length;

describe("a text that is too long", () => {
  test("is cut in the middle, so that both ends are read", () => {
    expect(fitMiddle("AWSReservedSSO_AdministratorAccess_0123456789abcdef", 13, letters)).toBe("AWSRes…abcdef");
  });

  test("is never longer than the room there is, whatever the room", () => {
    for (let room = 1; room < 12; room++) expect(letters(fitMiddle("arn:aws:iam", room, letters))).toBeLessThanOrEqual(room);
  });

  test("that fits is left alone", () => {
    expect(fitMiddle("deploy", 6, letters)).toBe("deploy");
  });
});

test("words wrap, and a word too long for a line is cut", () => {
  expect(wrapWords("any principal of production", 9, letters)).toEqual(["any", "principal", "of", "prod…tion"]);
});
