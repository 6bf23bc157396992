import { expect, test } from "vitest";
import { node, relation } from "./builders";
import { SMALL_CARD, layoutNeighbourhood } from "./neighbourhoodLayout";
import type { Neighbourhood } from "./neighbourhoodLayout";

const centre = node("deploy");

function around(ins: number, outs: number, folded: Neighbourhood["folded"] = []): Neighbourhood {
  const sources = Array.from({ length: ins }, (_, index) => node(`in-${index}`));
  const targets = Array.from({ length: outs }, (_, index) => node(`out-${index}`));
  return {
    nodes: [
      { ...centre, role: "center" },
      ...sources.map((each) => ({ ...each, role: "in" as const })),
      ...targets.map((each) => ({ ...each, role: "out" as const })),
    ],
    edges: [...sources.map((each) => relation(each, centre)), ...targets.map((each) => relation(centre, each))],
    folded,
    truncated: null,
  };
}

test("who can become it stands at the left, what it can become at the right", () => {
  const { cards, centre: middle } = layoutNeighbourhood(around(1, 1), 500);
  const [before, after] = cards;
  expect(before?.x).toBeLessThan(middle?.x ?? 0);
  expect(after?.x).toBeGreaterThan(middle?.x ?? 0);
});

test("no two cards overlap", () => {
  const { cards } = layoutNeighbourhood(around(12, 7), 500);
  for (const side of ["in", "out"]) {
    const tops = cards.filter((card) => card.side === side).map((card) => card.y).sort((a, b) => a - b);
    tops.slice(1).forEach((top, index) => expect(top - (tops[index] ?? 0)).toBeGreaterThanOrEqual(SMALL_CARD.height + 8));
  }
});

test("what is not drawn is counted: by the server, and here", () => {
  const { cards } = layoutNeighbourhood(around(20, 0, [{ count: 5, label: "roles of shared-ci", side: "in" }]), 500);
  expect(cards).toHaveLength(12);
  expect(cards.at(-1)?.title).toBe("14 more like this");
});
