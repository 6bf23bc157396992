/** The server's columnar graph and what the map makes of it: one row a mark, with its state of drawing. */
import type { components } from "../api/schema";
import type { Certainty, Kind, RelationKind } from "../scene/model";

export type ColumnarGraph = components["schemas"]["GraphLevel"];

export interface MapNode {
  index: number;
  id: string;
  key: string;
  x: number;
  y: number;
  r: number;
  kind: Kind;
  /** What the legend files it under: its kind, or "admin" for whoever is admin-capable. */
  facet: Facet;
  label: string;
  n: number;
  parent: string | null;
  admin: boolean;
}

export interface MapEdge {
  index: number;
  source: number;
  target: number;
  kind: RelationKind;
  certainty: Certainty;
  n: number;
  cross: boolean;
}

export interface MapGroup {
  id: string;
  label: string;
  x: number;
  y: number;
  r: number;
  parent: string | null;
  /** Marks inside, at any depth. */
  n: number;
}

export interface MapScene {
  nodes: MapNode[];
  edges: MapEdge[];
  groups: MapGroup[];
  /** What has a parent that is none of these lies on the ring outside. */
  groupIds: Set<string>;
  truncated: ColumnarGraph["truncated"];
  byId: Map<string, MapNode>;
  /** Indices of the edges at each node. */
  touching: number[][];
}

export type Facet = "user" | "role" | "group" | "external" | "admin" | "service" | "account" | "other";

const FACET_OF: Partial<Record<Kind, Facet>> = {
  user: "user",
  role: "role",
  group: "group",
  account: "account",
  root: "account",
  admin: "admin",
  service: "service",
  "oidc-provider": "external",
  "saml-provider": "external",
  "web-identity": "external",
  "federated-subject": "external",
  "permission-set": "external",
  "external-account": "external",
  "external-principal": "external",
  anyone: "external",
  dangling: "external",
};

export function facetOf(kind: Kind, admin: boolean): Facet {
  return admin && (kind === "user" || kind === "role") ? "admin" : (FACET_OF[kind] ?? "other");
}

export function readScene(graph: ColumnarGraph): MapScene {
  const nodes = graph.nodes.id.map((id, index) => readNode(graph, id, index));
  const edges = graph.edges.s.map((source, index) => readEdge(graph, source, index));
  const touching: number[][] = nodes.map(() => []);
  for (const edge of edges) {
    touching[edge.source]?.push(edge.index);
    if (edge.target !== edge.source) touching[edge.target]?.push(edge.index);
  }
  return {
    nodes,
    edges,
    groups: countGroups(graph, nodes),
    groupIds: new Set(graph.groups.map((group) => group.id)),
    truncated: graph.truncated,
    byId: new Map(nodes.map((node) => [node.id, node])),
    touching,
  };
}

function readNode(graph: ColumnarGraph, id: string, index: number): MapNode {
  const { key, x, y, r, kind, label, n, parent, admin } = graph.nodes;
  const own = (kind[index] ?? "resource") as Kind;
  const isAdmin = admin[index] === "certain";
  return {
    index,
    id,
    key: key[index] ?? "",
    x: x[index] ?? 0,
    y: y[index] ?? 0,
    r: r[index] ?? 1,
    kind: own,
    facet: facetOf(own, isAdmin),
    label: label[index] ?? id,
    n: n[index] ?? 0,
    parent: parent[index] ?? null,
    admin: isAdmin,
  };
}

function readEdge(graph: ColumnarGraph, source: number, index: number): MapEdge {
  const { t, kind, certainty, n, cross } = graph.edges;
  return {
    index,
    source,
    target: t[index] ?? source,
    kind: kind[index] ?? "can-assume",
    certainty: certainty[index] ?? "unknown",
    n: n[index] ?? 1,
    cross: cross[index] ?? false,
  };
}

function countGroups(graph: ColumnarGraph, nodes: MapNode[]): MapGroup[] {
  const above = new Map(graph.groups.map((group) => [group.id, group.parent]));
  const counts = new Map<string, number>();
  for (const node of nodes) {
    const seen = new Set<string>();
    for (let at = node.parent; at !== null && !seen.has(at); at = above.get(at) ?? null) {
      seen.add(at);
      counts.set(at, (counts.get(at) ?? 0) + 1);
    }
  }
  return graph.groups.map((group) => ({ ...group, n: counts.get(group.id) ?? 0 }));
}

/** The nodes that one edge away from `index`, both ways. */
export function neighboursOf(scene: MapScene, index: number): Set<number> {
  const found = new Set<number>();
  for (const at of scene.touching[index] ?? []) {
    const edge = scene.edges[at];
    if (edge) found.add(edge.source === index ? edge.target : edge.source);
  }
  found.delete(index);
  return found;
}

/** Relations into and out of a node: an aggregated edge counts for what it stands for. */
export function degreesOf(scene: MapScene, index: number): { in: number; out: number } {
  const degrees = { in: 0, out: 0 };
  for (const at of scene.touching[index] ?? []) {
    const edge = scene.edges[at];
    if (edge?.target === index) degrees.in += edge.n;
    if (edge?.source === index) degrees.out += edge.n;
  }
  return degrees;
}

/** All edges from one node to another as one line: what a person sees and clicks. */
export interface Bundle {
  source: number;
  target: number;
  edges: MapEdge[];
  n: number;
  certainty: Certainty;
  cross: boolean;
}

const SUREST: Certainty[] = ["certain", "conditional", "unknown"];

export function bundle(edges: MapEdge[]): Bundle[] {
  const bundles = new Map<string, Bundle>();
  for (const edge of edges) {
    const key = `${edge.source} ${edge.target}`;
    const known = bundles.get(key);
    if (!known) {
      const { source, target, n, certainty, cross } = edge;
      bundles.set(key, { source, target, edges: [edge], n, certainty, cross });
      continue;
    }
    known.edges.push(edge);
    known.n += edge.n;
    if (SUREST.indexOf(edge.certainty) < SUREST.indexOf(known.certainty)) known.certainty = edge.certainty;
  }
  return [...bundles.values()];
}
