import { describe, expect, test } from "vitest";
import { condition, node, relation } from "../scene/builders";
import { foldParallel, mergePaths } from "./layered";
import type { PathAnswer } from "./layered";
import { CARD, layoutPaths } from "./layout";

const measure = (text: string): number => text.length * 6;
const alice = node("alice", { kind: "user" });
const admin = node("OrgAdmin", { admin: "certain" });

function ways(): PathAnswer[] {
  const middles = ["ci-runner", "breakglass", "terraform", "platform"].map((name, index) => node(name, { account: `${index}`.repeat(12) }));
  const last = node("deploy");
  const mfa = { certainty: "conditional" as const, conditions: [condition("Bool", "aws:MultiFactorAuthPresent", "true")] };
  return middles.map((middle) => ({
    hops: 3,
    certainty: "conditional" as const,
    conditions: 1,
    accounts: 2,
    edges: [relation(alice, middle, mfa), relation(middle, last), relation(last, admin)],
  }));
}

const drawn = () => layoutPaths(foldParallel(mergePaths(ways())), measure);

describe("the layered drawing", () => {
  test("is the same for the same paths", () => {
    expect(drawn()).toEqual(drawn());
  });

  test("keeps cards apart", () => {
    const { nodes } = drawn();
    for (const a of nodes) {
      for (const b of nodes.filter((other) => other !== a)) {
        const apart = Math.abs(a.x - b.x) >= CARD.width || Math.abs(a.y - b.y) >= CARD.height;
        expect(apart).toBe(true);
      }
    }
  });

  test("keeps labels off the cards and 8 pixels from each other", () => {
    const { nodes, edges } = drawn();
    const overlap = (a: Box, b: Box, gap: number) =>
      Math.abs(a.x - b.x) < (a.width + b.width) / 2 + gap && Math.abs(a.y - b.y) < (a.height + b.height) / 2 + gap;
    interface Box {
      x: number;
      y: number;
      width: number;
      height: number;
    }
    const labels: Box[] = edges.map(({ label }) => ({ x: label.x, y: label.y, width: label.text.width, height: label.text.height }));
    for (const label of labels) {
      expect(nodes.some(({ x, y }) => overlap(label, { x, y, ...CARD }, 0))).toBe(false);
      expect(labels.some((other) => other !== label && overlap(label, other, 8))).toBe(false);
    }
  });

  test("puts a column for each hop, and names it", () => {
    expect(drawn().columns.map((column) => column.title)).toEqual(["Start", "Hop 1", "Hop 2", "Hop 3"]);
  });

  test("spreads the ends of lines on a card", () => {
    const tips = drawn().edges.filter((edge) => edge.edge.target.endsWith("/deploy")).map((edge) => edge.tip.y);
    expect(new Set(tips).size).toBe(4);
  });

  test("names no column when somebody is reached after different numbers of hops", () => {
    const [longest] = ways();
    const shortcut: PathAnswer = { hops: 1, certainty: "certain", conditions: 0, accounts: 1, edges: [relation(alice, admin)] };
    expect(layoutPaths(mergePaths(longest ? [longest, shortcut] : []), measure).columns).toEqual([]);
  });
});
