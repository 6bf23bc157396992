/** "Find on the map": words and `kind:role` terms against what is drawn. */
import type { Facet, MapNode, MapScene } from "./columnar";
import { degreesOf, neighboursOf } from "./columnar";

/** Every word must match: a name or id that contains it, or a term `kind:` with a kind or facet. */
export function findNodes(scene: MapScene, query: string): Set<number> | null {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return null;
  return new Set(scene.nodes.filter((node) => words.every((word) => matches(node, word))).map((node) => node.index));
}

function matches(node: MapNode, word: string): boolean {
  if (word.startsWith("kind:")) {
    const kind = word.slice("kind:".length);
    return node.kind === kind || node.facet === kind;
  }
  return node.label.toLowerCase().includes(word) || node.id.toLowerCase().includes(word);
}

/** `kind:role` in the find box, or out of it again. */
export function toggleKind(query: string, facet: Facet): string {
  const term = `kind:${facet}`;
  const words = query.split(/\s+/).filter(Boolean);
  const others = words.filter((word) => !word.startsWith("kind:"));
  return (words.includes(term) ? others : [...others, term]).join(" ");
}

export interface Emphasis {
  hidden: Set<number>;
  /** Null when nothing is chosen or found: then everything is drawn alike. */
  bright: Set<number> | null;
  /** Edges to draw in full; at rest none, on the map of accounts. */
  edges: number[];
}

/** What stands out and what steps back, for a selection, a find and hidden kinds. It never moves anything. */
export function emphasise(scene: MapScene, selected: number | null, found: Set<number> | null, hide: Facet[]): Emphasis {
  const hidden = new Set(scene.nodes.filter((node) => hide.includes(node.facet)).map((node) => node.index));
  const visible = (index: number): boolean => !hidden.has(index);
  const around = selected === null ? null : neighboursOf(scene, selected).add(selected);
  const edges = (selected === null ? [] : (scene.touching[selected] ?? [])).filter((at) => {
    const edge = scene.edges[at];
    return edge !== undefined && visible(edge.source) && visible(edge.target);
  });
  return { hidden, bright: around ?? found, edges };
}

/** The table beside the picture: the selection and what it touches first, else what was found, else everything. */
export function drawnNow(scene: MapScene, selected: number | null, emphasis: Emphasis): MapNode[] {
  const { bright, hidden } = emphasis;
  const rows = scene.nodes.filter((node) => !hidden.has(node.index) && (bright === null || bright.has(node.index)));
  const weights = new Map(rows.map((node) => [node.index, weightOf(scene, node)]));
  const rank = (node: MapNode): number => (node.index === selected ? 0 : scene.groupIds.has(node.parent ?? "") ? 1 : 2);
  const heavier = (a: MapNode, b: MapNode): number => (weights.get(b.index) ?? 0) - (weights.get(a.index) ?? 0);
  return rows.sort((a, b) => rank(a) - rank(b) || heavier(a, b) || a.label.localeCompare(b.label));
}

/** Accounts by their identities, identities by their relations. */
function weightOf(scene: MapScene, node: MapNode): number {
  const degrees = degreesOf(scene, node.index);
  return node.n > 1 ? node.n : degrees.in + degrees.out;
}

/** The nearest visible node in an arrow key's direction, within a cone of 90 degrees. */
export function nearestTowards(nodes: MapNode[], from: MapNode, key: string): MapNode | null {
  const ways: Record<string, [number, number]> = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  const way = ways[key];
  if (!way) return null;
  let best: { node: MapNode; distance: number } | null = null;
  for (const node of nodes) {
    const dx = node.x - from.x;
    const dy = node.y - from.y;
    const along = dx * way[0] + dy * way[1];
    const across = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
    if (node.index === from.index || along <= 0 || across > along) continue;
    const distance = along + 2 * across;
    if (best === null || distance < best.distance) best = { node, distance };
  }
  return best?.node ?? null;
}

/** How many of each kind are drawn, for the legend; kinds that do not occur are left out. */
export function countFacets(scene: MapScene): [Facet, number][] {
  const order: Facet[] = ["account", "user", "role", "group", "external", "admin", "service", "other"];
  const counts = new Map<Facet, number>();
  for (const node of scene.nodes) counts.set(node.facet, (counts.get(node.facet) ?? 0) + 1);
  return order.flatMap((facet) => (counts.has(facet) ? [[facet, counts.get(facet) ?? 0] as [Facet, number]] : []));
}
