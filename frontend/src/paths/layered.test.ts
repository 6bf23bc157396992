import { describe, expect, test } from "vitest";
import { node, relation } from "../scene/builders";
import type { NodeRef } from "../scene/model";
import { foldParallel, mergePaths, tracePath, viaWords } from "./layered";
import type { PathAnswer } from "./layered";

const alice = node("alice", { kind: "user" });
const admin = node("OrgAdmin", { admin: "certain" });

function path(...nodes: NodeRef[]): PathAnswer {
  const edges = nodes.slice(1).map((target, index) => relation(nodes[index] ?? target, target));
  return { hops: edges.length, certainty: "certain", conditions: 0, accounts: 1, edges };
}

const through = (count: number): PathAnswer[] =>
  Array.from({ length: count }, (_, index) => path(alice, node(`ci-${index}`), admin));

describe("parallel nodes", () => {
  test("fold from three on; the first of them stays to show what the others are like", () => {
    const folded = foldParallel(mergePaths(through(8)));
    const fold = folded.nodes.find((each) => each.folded);
    expect(folded.nodes).toHaveLength(4);
    expect(fold?.members.map((member) => member.name)).toEqual(["ci-1", "ci-2", "ci-3", "ci-4", "ci-5", "ci-6", "ci-7"]);
    expect(folded.edges).toHaveLength(4);
  });

  test("that are two are both drawn", () => {
    expect(foldParallel(mergePaths(through(2))).nodes.every((each) => !each.folded)).toBe(true);
  });

  test("of different kinds, accounts or verdicts are not alike", () => {
    const others = [
      path(alice, node("elsewhere", { account: "444455556666" }), admin),
      path(alice, node("person", { kind: "user" }), admin),
    ];
    const conditional = path(alice, node("guarded"), admin);
    conditional.edges = conditional.edges.map((edge) => ({ ...edge, certainty: "conditional" as const }));
    const folded = foldParallel(mergePaths([...through(2), ...others, conditional]));
    expect(folded.nodes.some((each) => each.folded)).toBe(false);
  });

  test("of many accounts fold into one where each would be a card too many", () => {
    const wide = Array.from({ length: 20 }, (_, index) => {
      const account = String(index).padStart(12, "0");
      return path(alice, node("OrganizationAccountAccessRole", { account }), admin);
    });
    expect(foldParallel(mergePaths(wide)).nodes).toHaveLength(4);
  });

  test("fold together with what follows them alone, so that ten like chains are two", () => {
    const chains = Array.from({ length: 10 }, (_, index) => {
      const account = String(index).padStart(12, "0");
      return path(alice, node("AccountAccess", { account }), node("break-glass", { account }), admin);
    });
    const folded = foldParallel(mergePaths(chains));
    expect(folded.nodes).toHaveLength(6);
    expect(folded.nodes.filter((each) => each.folded).map((each) => each.members.length)).toEqual([9, 9]);
    expect(folded.edges).toHaveLength(6);
  });

  test("that somebody opened stay open", () => {
    const merged = mergePaths(through(5));
    const id = foldParallel(merged).nodes.find((each) => each.folded)?.id ?? "";
    expect(foldParallel(merged, new Set([id])).nodes).toHaveLength(7);
  });
});

test("a path through a folded node is traced over the fold", () => {
  const paths = through(5);
  const folded = foldParallel(mergePaths(paths));
  const fold = folded.nodes.find((each) => each.folded)?.id ?? "";
  const traced = tracePath(folded, paths[4]);
  expect(traced.nodes).toContain(fold);
  expect([...traced.edges].every((key) => folded.edges.some((edge) => `${edge.source} > ${edge.target}` === key))).toBe(true);
});

test("an identity on several paths is drawn once", () => {
  const shared = node("deploy");
  const merged = mergePaths([path(alice, node("a"), shared, admin), path(alice, node("b", { kind: "group" }), shared, admin)]);
  expect(merged.nodes.filter((each) => each.id === shared.id)).toHaveLength(1);
});

test("a path is told from the next by what lies between its ends", () => {
  expect(viaWords(path(alice, node("ci"), node("deploy"), admin))).toBe("ci → deploy");
  expect(viaWords(path(alice, admin))).toBe("directly");
  const elsewhere = node("deploy", { account: "444455556666", account_name: "prod" });
  expect(viaWords(path(alice, node("ci"), elsewhere, admin))).toBe("ci → deploy in prod");
});
