/** Who lies around one node, in three columns: those who can become it, itself, what it can become. */
import type { components } from "../api/schema";
import { displayName, labelWord } from "./words";
import type { NodeRef, Relation } from "./model";
import { placeOf } from "./model";

export type Neighbourhood = components["schemas"]["Neighbourhood"];

export const SMALL_CARD = { width: 136, height: 36 };
/** With one side empty there is room for longer names. */
const WIDE = 192;
const GAP = 14;
const MOST_A_SIDE = 12;
/** Room for a border at the left, and for the stack of a fold at the right. */
const LEFT = 2;
const RIGHT = 8;

export interface PlacedCard {
  id: string;
  node: NodeRef | null;
  title: string;
  second: string;
  x: number;
  y: number;
  side: "in" | "out" | "center";
  relation: Relation | null;
}

export interface NeighbourhoodLayout {
  width: number;
  height: number;
  /** Of every card. */
  card: { width: number; height: number };
  cards: PlacedCard[];
  centre: PlacedCard | null;
}

interface Entry {
  id: string;
  node: NodeRef | null;
  title: string;
  second: string;
  relation: Relation | null;
}

export function layoutNeighbourhood(around: Neighbourhood, width: number): NeighbourhoodLayout {
  const centre = around.nodes.find((node) => node.role === "center");
  const sides = { in: sideEntries(around, "in", centre), out: sideEntries(around, "out", centre) };
  const lopsided = sides.in.length === 0 || sides.out.length === 0;
  const card = { width: lopsided ? WIDE : SMALL_CARD.width, height: SMALL_CARD.height };
  const rows = Math.max(sides.in.length, sides.out.length, 1);
  const height = rows * card.height + (rows - 1) * GAP + 4;
  const columns = { in: LEFT, out: width - card.width - RIGHT };
  const middle = sides.in.length === 0 ? columns.in : sides.out.length === 0 ? columns.out : Math.round((width - card.width) / 2);
  const cards = (["in", "out"] as const).flatMap((side) => placeSide(sides[side], side, columns[side], height));
  const y = Math.round((height - card.height) / 2);
  return { width, height, card, cards, centre: centre ? { ...entryOf(centre, null), side: "center", x: middle, y } : null };
}

function sideEntries(around: Neighbourhood, side: "in" | "out", centre: NodeRef | undefined): Entry[] {
  const mine = around.edges.filter((edge) => (side === "in" ? edge.target.id : edge.source.id) === centre?.id);
  const other = (edge: Relation): NodeRef => (side === "in" ? edge.source : edge.target);
  const seen = new Set<string>();
  const entries = mine.flatMap((edge) => {
    const node = other(edge);
    if (seen.has(node.id)) return [];
    seen.add(node.id);
    return [entryOf(node, edge)];
  });
  const shown = entries.length > MOST_A_SIDE ? entries.slice(0, MOST_A_SIDE - 1) : entries;
  const cut = entries.length - shown.length;
  const folded = around.folded.filter((fold) => fold.side === side);
  const more = cut + folded.reduce((sum, fold) => sum + fold.count, 0);
  if (more === 0) return shown;
  const words = folded.map((fold) => fold.label).filter(Boolean).join(", ");
  return [...shown, { id: `fold:${side}`, node: null, title: `${more.toLocaleString("en")} more like this`, second: words, relation: null }];
}

function entryOf(node: NodeRef, relation: Relation | null): Entry {
  const place = placeOf(node);
  const step = relation && relation.kind !== "can-assume" ? `, ${labelWord(relation.kind)}` : "";
  return { id: node.id, node, title: displayName(node), second: place + step, relation };
}

function placeSide(entries: Entry[], side: "in" | "out", x: number, height: number): PlacedCard[] {
  const total = entries.length * SMALL_CARD.height + (entries.length - 1) * GAP;
  const top = (height - total) / 2;
  return entries.map((entry, index) => ({ ...entry, side, x, y: Math.round(top + index * (SMALL_CARD.height + GAP)) }));
}
