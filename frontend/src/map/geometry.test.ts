import { expect, test } from "vitest";
import { bendBetween, distanceTo } from "./bend";
import { BoxField } from "./boxes";
import { toHex } from "./colours";

test("a line ends at the rims of its marks, not under them", () => {
  const bend = bendBetween({ x: 0, y: 0 }, { x: 100, y: 0 }, 10, 20);
  expect(Math.hypot(bend.from.x, bend.from.y)).toBeCloseTo(10);
  expect(Math.hypot(bend.to.x - 100, bend.to.y)).toBeCloseTo(20);
});

test("the two lines of a mutual trust bend apart", () => {
  const there = bendBetween({ x: 0, y: 0 }, { x: 100, y: 0 }, 5, 5);
  const back = bendBetween({ x: 100, y: 0 }, { x: 0, y: 0 }, 5, 5);
  expect(Math.abs(there.middle.y - back.middle.y)).toBeGreaterThan(8);
});

test("a click near a line is on it", () => {
  const bend = bendBetween({ x: 0, y: 0 }, { x: 100, y: 0 }, 5, 5);
  expect(distanceTo(bend, { x: bend.middle.x, y: bend.middle.y + 3 })).toBeLessThan(6);
  expect(distanceTo(bend, { x: 50, y: -40 })).toBeGreaterThan(20);
});

test("a label that would cover another is not drawn", () => {
  const field = new BoxField();
  expect(field.claim({ x: 60, y: 60, width: 20, height: 10 })).toBe(true);
  expect(field.claim({ x: 70, y: 65, width: 20, height: 10 })).toBe(false);
  expect(field.claim({ x: 90, y: 65, width: 20, height: 10 })).toBe(true);
});

test("colours reach WebGL as hexadecimal", () => {
  expect(toHex("rgb(0, 114, 178)")).toBe("#0072b2");
});
