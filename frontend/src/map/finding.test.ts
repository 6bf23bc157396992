import { describe, expect, test } from "vitest";
import { bundle, degreesOf, readScene } from "./columnar";
import type { ColumnarGraph } from "./columnar";
import { drawnNow, emphasise, findNodes, nearestTowards, toggleKind } from "./finding";
import { standsIn } from "./useMapState";

/** alice → deploy → admin, and a service that runs as deploy; alice lies left, admin right, the service above. */
function world(): ColumnarGraph {
  return {
    v: 1,
    nodes: {
      id: ["arn:aws:iam::1:user/alice", "arn:aws:iam::1:role/deploy", "arn:aws:iam::1:role/OrgAdmin", "folded:service"],
      key: ["a", "d", "o", "s"],
      x: [-10, 0, 10, 0],
      y: [0, 0, 0, 10],
      r: [1, 1, 1, 1],
      kind: ["user", "role", "role", "service"],
      label: ["alice", "deploy", "OrgAdmin", "AWS services"],
      n: [1, 1, 1, 3],
      parent: ["people", "roles", "roles", "outside"],
      admin: ["no", "no", "certain", "no"],
    },
    edges: {
      s: [0, 1, 3],
      t: [1, 2, 1],
      kind: ["can-assume", "can-assume", "runs-as"],
      certainty: ["certain", "conditional", "certain"],
      n: [1, 1, 3],
      cross: [false, false, true],
    },
    groups: [
      { id: "people", label: "People", x: -10, y: 0, r: 3, parent: null },
      { id: "roles", label: "Roles", x: 5, y: 0, r: 8, parent: null },
    ],
    legend: { user: 1, role: 2, service: 1 },
    truncated: null,
  };
}

const scene = readScene(world());
const labels = (nodes: Iterable<number> | null): string[] => [...(nodes ?? [])].map((index) => scene.nodes[index]?.label ?? "");

describe("finding", () => {
  test("asks for every word, in the name or the id", () => {
    expect(labels(findNodes(scene, "iam::1 deploy"))).toEqual(["deploy"]);
  });

  test("by kind finds who wears the star under its own word and under its kind", () => {
    expect(labels(findNodes(scene, "kind:admin"))).toEqual(["OrgAdmin"]);
    expect(labels(findNodes(scene, "kind:role"))).toEqual(["deploy", "OrgAdmin"]);
  });

  test("nothing is not the same as finding nothing", () => {
    expect(findNodes(scene, " ")).toBeNull();
    expect(labels(findNodes(scene, "zzz"))).toEqual([]);
  });

  test("a kind goes into the words and out of them again", () => {
    expect(toggleKind("deploy", "role")).toBe("deploy kind:role");
    expect(toggleKind("deploy kind:role", "role")).toBe("deploy");
    expect(toggleKind("kind:user", "role")).toBe("kind:role");
  });
});

describe("a selection", () => {
  test("brings out its neighbours and its own lines alone", () => {
    const { bright, edges } = emphasise(scene, 0, null, []);
    expect(labels(bright)).toEqual(["deploy", "alice"]);
    expect(edges).toEqual([0]);
  });

  test("draws no line to what is hidden", () => {
    expect(emphasise(scene, 1, null, ["service"]).edges).toEqual([0, 1]);
  });

  test("heads the table of what is drawn", () => {
    const rows = drawnNow(scene, 1, emphasise(scene, 1, null, []));
    expect(rows.map((row) => row.label)).toEqual(["deploy", "alice", "OrgAdmin", "AWS services"]);
  });
});

test("arrow keys go to the nearest node that way", () => {
  const deploy = scene.nodes[1];
  const towards = (key: string) => deploy && nearestTowards(scene.nodes, deploy, key)?.label;
  expect([towards("ArrowLeft"), towards("ArrowRight"), towards("ArrowUp"), towards("ArrowDown")]).toEqual([
    "alice",
    "OrgAdmin",
    "AWS services",
    undefined,
  ]);
});

test("an aggregated line counts for all that it stands for", () => {
  expect(degreesOf(scene, 1)).toEqual({ in: 4, out: 1 });
});

test("lines between the same two are one, as sure as the surest of them", () => {
  const [edge] = scene.edges;
  const bundles = bundle(edge ? [{ ...edge, certainty: "unknown" }, { ...edge, kind: "runs-as" }] : []);
  expect(bundles).toMatchObject([{ n: 2, certainty: "certain" }]);
});

test("a group counts what lies in it", () => {
  expect(scene.groups.map((group) => [group.label, group.n])).toEqual([["People", 1], ["Roles", 2]]);
});

test("what is drawn as one stands for its account, service or provider only", () => {
  const role = { id: "arn:aws:iam::111122223333:role/x", kind: "role", name: "x", account: "111122223333" } as const;
  expect(standsIn(role, "account:111122223333")).toBe(true);
  expect(standsIn(role, "account:444455556666")).toBe(false);
  const provider = { ...role, kind: "oidc-provider", name: "token.example.com" } as const;
  expect(standsIn(provider, "folded:oidc-provider:token.example.com")).toBe(true);
  expect(standsIn(provider, "account:111122223333")).toBe(false);
});
