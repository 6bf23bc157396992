/** Where the cards, lines and labels of a layered drawing go: dagre from left to right, ends spread on the cards. */
import { Graph, layout as runDagre } from "@dagrejs/dagre";
import type { EdgeLabel, GraphLabel, NodeLabel } from "@dagrejs/dagre";
import { groupBy } from "../scene/grouping";
import { labelLines } from "../scene/labels";
import type { EdgeLabelText } from "../scene/labels";
import type { Measure } from "../scene/text";
import { edgeKey } from "./layered";
import type { LayeredEdge, LayeredGraph, LayeredNode } from "./layered";

export const CARD = { width: 172, height: 40 };
const SPREAD = 8;
const ARROW = 9;
const MARGIN = { x: 20, top: 44, bottom: 20 };
/** Half of what stays visible of a line beside its label. */
const STUB = 8;

export interface Point {
  x: number;
  y: number;
}

export interface PlacedNode {
  node: LayeredNode;
  x: number;
  y: number;
}

export interface PlacedEdge {
  key: string;
  edge: LayeredEdge;
  /** From the source's border through the label to the point where the arrowhead begins. */
  points: Point[];
  /** Where the arrowhead ends; it points left on the rare line that runs back. */
  tip: Point;
  label: { x: number; y: number; text: EdgeLabelText };
}

export interface Drawing {
  width: number;
  height: number;
  nodes: PlacedNode[];
  edges: PlacedEdge[];
  columns: { x: number; title: string }[];
}

type DagreGraph = Graph<GraphLabel, NodeLabel, EdgeLabel>;

export function layoutPaths(graph: LayeredGraph, measure: Measure): Drawing {
  const texts = new Map(graph.edges.map((edge) => [edgeKey(edge.source, edge.target), labelLines(edge.relations, measure)]));
  const dagre = arrange(graph, texts);
  const nodes = graph.nodes.map((node) => {
    const { x = 0, y = 0 } = dagre.node(node.id) as Partial<Point>;
    return { node, x: Math.round(x) + MARGIN.x, y: Math.round(y) + MARGIN.top };
  });
  const { width = 0, height = 0 } = dagre.graph() as { width?: number; height?: number };
  return {
    width: Math.ceil(width) + 2 * MARGIN.x,
    height: Math.ceil(height) + MARGIN.top + MARGIN.bottom,
    nodes,
    edges: placeEdges(graph.edges, nodes, dagre, texts),
    columns: columnsOf(graph, nodes),
  };
}

function arrange(graph: LayeredGraph, texts: Map<string, EdgeLabelText>): DagreGraph {
  const dagre: DagreGraph = new Graph<GraphLabel, NodeLabel, EdgeLabel>();
  dagre.setGraph({ rankdir: "LR", nodesep: 32, edgesep: 12, ranksep: 16 });
  for (const node of graph.nodes) dagre.setNode(node.id, { ...CARD });
  for (const edge of graph.edges) {
    const text = texts.get(edgeKey(edge.source, edge.target));
    const size = { width: (text?.width ?? 0) + 2 * STUB, height: (text?.height ?? 0) + 8 };
    dagre.setEdge(edge.source, edge.target, { ...size, labelpos: "c" });
  }
  runDagre(dagre);
  return dagre;
}

function placeEdges(
  edges: LayeredEdge[],
  nodes: PlacedNode[],
  dagre: DagreGraph,
  texts: Map<string, EdgeLabelText>,
): PlacedEdge[] {
  const places = new Map(nodes.map((placed) => [placed.node.id, placed]));
  const middles = new Map(
    edges.map((edge) => {
      const { x = 0, y = 0 } = dagre.edge(edge.source, edge.target) as Partial<Point>;
      return [edge, { x: Math.round(x) + MARGIN.x, y: Math.round(y) + MARGIN.top }] as const;
    }),
  );
  const leaving = spreadEnds(edges, (edge) => edge.source, middles);
  const arriving = spreadEnds(edges, (edge) => edge.target, middles);
  return edges.flatMap((edge) => {
    const source = places.get(edge.source);
    const target = places.get(edge.target);
    const middle = middles.get(edge);
    const key = edgeKey(edge.source, edge.target);
    const text = texts.get(key);
    if (!source || !target || !middle || !text) return [];
    const way = target.x >= source.x ? 1 : -1;
    const start = { x: source.x + (way * CARD.width) / 2, y: source.y + (leaving.get(edge) ?? 0) };
    const tip = { x: target.x - (way * CARD.width) / 2, y: target.y + (arriving.get(edge) ?? 0) };
    const bends = bendsOf(dagre, edge, middle, way);
    return [{ key, edge, points: [start, ...bends, { x: tip.x - way * ARROW, y: tip.y }], tip, label: { ...middle, text } }];
  });
}

/** A line that passes several columns keeps to dagre's lane through each of them; others only pass their label. */
function bendsOf(dagre: DagreGraph, edge: LayeredEdge, middle: Point, way: number): Point[] {
  const { points = [] } = dagre.edge(edge.source, edge.target);
  const lanes = points.slice(1, -1).map((point) => ({ x: point.x + MARGIN.x, y: point.y + MARGIN.top }));
  const apart = lanes.filter((lane) => Math.abs(lane.x - middle.x) > STUB);
  return [...apart, middle].sort((a, b) => way * (a.x - b.x));
}

/** Offsets of the line ends on one card, 8 px apart in the order of their labels, so that lines do not cross there. */
function spreadEnds(
  edges: LayeredEdge[],
  end: (edge: LayeredEdge) => string,
  middles: Map<LayeredEdge, Point>,
): Map<LayeredEdge, number> {
  const offsets = new Map<LayeredEdge, number>();
  for (const together of groupBy(edges, end).values()) {
    together.sort((a, b) => (middles.get(a)?.y ?? 0) - (middles.get(b)?.y ?? 0));
    const step = Math.min(SPREAD, (CARD.height - 8) / Math.max(1, together.length - 1));
    together.forEach((edge, index) => offsets.set(edge, (index - (together.length - 1) / 2) * step));
  }
  return offsets;
}

/** "Start", "Hop 1", … above the columns, unless some identity is reached after different numbers of hops. */
function columnsOf(graph: LayeredGraph, nodes: PlacedNode[]): { x: number; title: string }[] {
  const hops = hopsFromStart(graph);
  const columns = [...groupBy(nodes, (placed) => placed.x)].sort(([a], [b]) => a - b);
  const regular = columns.every(([, members], index) => members.every(({ node }) => hops.get(node.id) === index));
  return regular ? columns.map(([x], index) => ({ x: x - CARD.width / 2, title: index === 0 ? "Start" : `Hop ${index}` })) : [];
}

function hopsFromStart(graph: LayeredGraph): Map<string, number> {
  const hops = new Map([[graph.start, 0]]);
  const queue = [graph.start];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    for (const edge of graph.edges) {
      if (edge.source !== at || hops.has(edge.target)) continue;
      hops.set(edge.target, (hops.get(at) ?? 0) + 1);
      queue.push(edge.target);
    }
  }
  return hops;
}
