/** Many paths as one layered graph: every identity once, parallel ones folded into "7 more like this". */
import type { components } from "../api/schema";
import { groupBy } from "../scene/grouping";
import type { NodeRef, Relation } from "../scene/model";

export type PathAnswer = components["schemas"]["Path"];

export interface LayeredNode {
  id: string;
  /** One identity, or all of those that a fold stands for. */
  members: NodeRef[];
  folded: boolean;
}

export interface LayeredEdge {
  source: string;
  target: string;
  /** All relations that the drawn line stands for, the first one names it. */
  relations: Relation[];
}

export interface LayeredGraph {
  start: string;
  end: string;
  nodes: LayeredNode[];
  edges: LayeredEdge[];
}

/** Three alike are a pattern; two are still quicker to read than to open. */
const FOLD_FROM = 3;

export function mergePaths(paths: PathAnswer[]): LayeredGraph {
  const nodes = new Map<string, LayeredNode>();
  const edges = new Map<string, LayeredEdge>();
  for (const relation of paths.flatMap((path) => path.edges)) {
    for (const node of [relation.source, relation.target]) {
      if (!nodes.has(node.id)) nodes.set(node.id, { id: node.id, members: [node], folded: false });
    }
    addRelation(edges, relation.source.id, relation.target.id, relation);
  }
  const first = paths[0]?.edges;
  return {
    start: first?.[0]?.source.id ?? "",
    end: first?.at(-1)?.target.id ?? "",
    nodes: [...nodes.values()],
    edges: [...edges.values()],
  };
}

function addRelation(edges: Map<string, LayeredEdge>, source: string, target: string, relation: Relation): void {
  const key = edgeKey(source, target);
  const edge = edges.get(key);
  if (!edge) edges.set(key, { source, target, relations: [relation] });
  else if (!edge.relations.some((other) => sameRelation(other, relation))) edge.relations.push(relation);
}

function sameRelation(a: Relation, b: Relation): boolean {
  return a.kind === b.kind && a.source.id === b.source.id && a.target.id === b.target.id;
}

export function edgeKey(source: string, target: string): string {
  return `${source} > ${target}`;
}

/**
 * Nodes that have the same sort of neighbours on both sides are alike: the first stays, the others fold.
 * What is folded depends on the paths alone and never on the selection, so that selecting moves nothing.
 */
export function foldParallel(graph: LayeredGraph, opened: ReadonlySet<string> = new Set()): LayeredGraph {
  const home = new Map<string, string>();
  const folds: LayeredNode[] = [];
  for (const alike of groupsAlike(graph)) {
    const rest = alike.slice(1);
    const id = `fold:${rest[0]?.id ?? ""}`;
    if (alike.length < FOLD_FROM || opened.has(id)) continue;
    folds.push({ id, members: rest.flatMap((node) => node.members), folded: true });
    for (const node of rest) home.set(node.id, id);
  }
  return folds.length === 0 ? graph : redirect(graph, home, folds);
}

/** In a large drawing, roles of the same place in the graph are alike whatever account they live in. */
const LARGE = 10;

/** Sorts are refined by the sorts of their neighbours until nothing changes: so chains fold beside each other, link by link. */
function groupsAlike(graph: LayeredGraph): LayeredNode[][] {
  let sorts = new Map(graph.nodes.map((node) => [node.id, firstSort(graph, node)]));
  for (let count = 0; ; ) {
    sorts = refine(graph, sorts);
    const distinct = new Set(sorts.values()).size;
    if (distinct === count) break;
    count = distinct;
  }
  const inner = graph.nodes.filter((node) => node.id !== graph.start && node.id !== graph.end);
  return [...groupBy(inner, (node) => sorts.get(node.id)).values()];
}

function firstSort(graph: LayeredGraph, { id, members: [member] }: LayeredNode): string {
  const end = id === graph.start || id === graph.end ? id : "";
  const home = graph.nodes.length > LARGE ? "" : member?.account;
  return JSON.stringify([end, member?.kind, home, member?.admin === "certain"]);
}

/** Each sort is numbered, lest the words grow with every round. */
function refine(graph: LayeredGraph, sorts: Map<string, string>): Map<string, string> {
  const around = new Map(graph.nodes.map((node) => [node.id, new Set<string>()]));
  for (const { source, target, relations } of graph.edges) {
    const kinds = relations.map((relation) => `${relation.kind}/${relation.certainty}`).sort().join();
    around.get(source)?.add(`to ${sorts.get(target) ?? ""} ${kinds}`);
    around.get(target)?.add(`from ${sorts.get(source) ?? ""} ${kinds}`);
  }
  const numbers = new Map<string, string>();
  const numbered = (words: string): string => {
    const number = numbers.get(words) ?? String(numbers.size);
    numbers.set(words, number);
    return number;
  };
  return new Map([...around].map(([id, words]) => [id, numbered([sorts.get(id), ...[...words].sort()].join("\n"))]));
}

function redirect(graph: LayeredGraph, home: Map<string, string>, folds: LayeredNode[]): LayeredGraph {
  const edges = new Map<string, LayeredEdge>();
  for (const edge of graph.edges) {
    for (const relation of edge.relations) {
      addRelation(edges, home.get(edge.source) ?? edge.source, home.get(edge.target) ?? edge.target, relation);
    }
  }
  const kept = graph.nodes.filter((node) => !home.has(node.id));
  return { ...graph, nodes: [...kept, ...folds], edges: [...edges.values()] };
}

/** The drawn nodes and lines that a path runs over, folds included. */
export function tracePath(graph: LayeredGraph, path: PathAnswer | undefined): { nodes: Set<string>; edges: Set<string> } {
  const place = new Map(graph.nodes.flatMap((node) => node.members.map((member) => [member.id, node.id] as const)));
  const nodes = new Set<string>();
  const edges = new Set<string>();
  for (const relation of path?.edges ?? []) {
    const source = place.get(relation.source.id) ?? relation.source.id;
    const target = place.get(relation.target.id) ?? relation.target.id;
    nodes.add(source).add(target);
    edges.add(edgeKey(source, target));
  }
  return { nodes, edges };
}

/** What tells one path from the next: the names between its ends, each with its account where that changes. */
export function viaWords(path: PathAnswer): string {
  const middle = path.edges.slice(0, -1).map(({ source, target }) => {
    const moved = target.account !== source.account && target.account_name !== null;
    return moved ? `${target.name} in ${target.account_name ?? ""}` : target.name;
  });
  return middle.length === 0 ? "directly" : middle.join(" → ");
}
