/** Marks and labels of the map: account discs with their counts, kind marks, names that do not overlap. */
import type { Box, BoxField } from "./boxes";
import type { MapGroup, MapNode } from "./columnar";
import type { Frame } from "./frame";
import { MOST_MARKS, isBright, isDisc, isOnScreen, markSize, nodesOnScreen, rimOf } from "./frame";
import type { Point } from "./bend";
import type { Pen } from "./shapes";
import { drawMark } from "./shapes";

interface Seen {
  node: MapNode;
  at: Point;
}

/** The marks that are worth a letter now: all, if they are few; else the ring and what stands out. */
export function markable(frame: Frame): Seen[] {
  const seen = nodesOnScreen(frame);
  if (seen.length <= MOST_MARKS) return seen;
  const ring = seen.filter(({ node }) => isOnRing(node, frame) && isBright(node.index, frame));
  const bright = frame.emphasis.bright === null ? [] : seen.filter(({ node }) => isBright(node.index, frame));
  const room = isCrowded(frame) ? MOST_MARKS / 5 : MOST_MARKS;
  const marked = new Set([...(ring.length <= MOST_MARKS ? ring : []), ...(bright.length <= room ? bright : [])]);
  return seen.filter((one) => marked.has(one) || one.node.index === frame.selected || one.node.index === frame.hovered);
}

/** Neighbours are closer than their marks would be wide. */
function isCrowded({ scene, scale }: Frame): boolean {
  return (scene.nodes[0]?.r ?? 1) * scale < 4;
}

export function paintMarks(pen: Pen, frame: Frame, seen: Seen[]): void {
  const quietFirst = [...seen].sort((a, b) => Number(isBright(a.node.index, frame)) - Number(isBright(b.node.index, frame)));
  for (const { node, at } of quietFirst) {
    const dim = !isBright(node.index, frame);
    if (isDisc(node, frame.level)) paintDisc(pen, frame, node, at, dim);
    else drawMark(pen, node.kind, node.admin, at.x, at.y, markSize(node, frame), dim);
    if (node.index === frame.selected) paintHalo(pen, frame, node, at);
  }
}

function paintDisc({ context, colour, font }: Pen, frame: Frame, node: MapNode, at: Point, dim: boolean): void {
  const radius = rimOf(node, frame);
  context.beginPath();
  context.arc(at.x, at.y, radius, 0, 2 * Math.PI);
  context.fillStyle = colour(radius < 7 ? (dim ? "edge-dim" : "edge") : "surface");
  context.fill();
  if (radius < 7) return;
  context.lineWidth = 1.5;
  context.strokeStyle = colour(dim ? "edge-dim" : node.index === frame.hovered ? "text-2" : "edge");
  context.stroke();
  context.font = `600 ${radius > 20 ? 13 : 11}px ${font}`;
  if (context.measureText(node.n.toLocaleString("en")).width > 2 * radius - 5) return;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = colour(dim ? "text-3" : "text");
  context.fillText(node.n.toLocaleString("en"), at.x, at.y + 0.5);
}

function paintHalo({ context, colour }: Pen, frame: Frame, node: MapNode, at: Point): void {
  context.beginPath();
  context.arc(at.x, at.y, rimOf(node, frame) + (isDisc(node, frame.level) ? 0 : 5), 0, 2 * Math.PI);
  context.lineWidth = 2;
  context.strokeStyle = colour("accent");
  context.stroke();
}

/** Blocks the places of marks, so that no label falls on one; in an account, those that step back give way to names. */
export function blockMarks(frame: Frame, seen: Seen[], taken: BoxField): void {
  for (const { node, at } of seen) {
    if (frame.level === "identity" && !isBright(node.index, frame)) continue;
    const rim = rimOf(node, frame);
    taken.block({ x: at.x - rim, y: at.y - rim, width: 2 * rim, height: 2 * rim });
  }
}

const LINE = 14;

/** Names: the selection on its plate, then groups, then what stands out, then the rest by weight while there is room. */
export function paintNames(pen: Pen, frame: Frame, seen: Seen[], taken: BoxField): void {
  const rank = ({ node }: Seen): number => rankOf(node, frame);
  const ordered = [...seen].sort((a, b) => rank(a) - rank(b) || b.node.n - a.node.n || a.node.index - b.node.index);
  for (const one of ordered.filter((each) => rank(each) < 2)) paintName(pen, frame, one, taken);
  for (const group of frame.scene.groups) paintGroupName(pen, frame, group, taken);
  // One account has many names: those that step back would crowd out the ones that stand out.
  const last = frame.level === "identity" ? 4 : 5;
  const rest = ordered.filter((each) => rank(each) >= 2 && (rank(each) <= last || isOnRing(each.node, frame)));
  for (const one of rest) paintName(pen, frame, one, taken);
}

function rankOf(node: MapNode, frame: Frame): number {
  if (node.index === frame.selected) return 0;
  if (node.index === frame.hovered) return 1;
  if (!isBright(node.index, frame)) return 5;
  if (isDisc(node, frame.level)) return 2;
  return isOnRing(node, frame) ? 3 : 4;
}

function paintName(pen: Pen, frame: Frame, { node, at }: Seen, taken: BoxField): void {
  const { context, font } = pen;
  const selected = node.index === frame.selected;
  context.font = `${selected ? 600 : 400} 11px ${font}`;
  const words = shortened(node.label);
  const size = { width: context.measureText(words).width + (selected ? 10 : 2), height: LINE + (selected ? 4 : 0) };
  const places = placesFor(node, frame, at, size, selected);
  const inside = (box: Box): boolean => box.x >= 2 && box.x + box.width <= frame.width - 2;
  const forced = selected || node.index === frame.hovered;
  const box = places.find((place) => inside(place) && taken.claim(place)) ?? (forced ? places[0] : undefined);
  if (!box) return;
  if (selected) paintPlate(pen, words, box);
  else paintHaloed(pen, words, box.x + box.width / 2, box.y + LINE / 2, isBright(node.index, frame) ? "text" : "text-3");
}

type Way = "below" | "above" | "right" | "left";

/** Where a name may stand: outwards for what lies on the ring, else below its mark, else wherever there is room. */
function placesFor(node: MapNode, frame: Frame, at: Point, size: { width: number; height: number }, selected: boolean): Box[] {
  const gap = rimOf(node, frame) + (selected ? 7 : 3);
  const boxes: Record<Way, Box> = {
    below: { ...size, x: at.x - size.width / 2, y: at.y + gap },
    above: { ...size, x: at.x - size.width / 2, y: at.y - gap - size.height },
    right: { ...size, x: at.x + gap + 2, y: at.y - size.height / 2 },
    left: { ...size, x: at.x - gap - 2 - size.width, y: at.y - size.height / 2 },
  };
  const ways: Way[] = selected ? ["below", "above"] : [...outwards(node, frame), "below", "right", "left", "above"];
  return ways.map((way) => boxes[way]);
}

function outwards(node: MapNode, frame: Frame): Way[] {
  if (!isOnRing(node, frame)) return [];
  if (Math.abs(node.x) > Math.abs(node.y) * 0.6) return [node.x < 0 ? "left" : "right"];
  return [node.y < 0 ? "below" : "above"];
}

function isOnRing(node: MapNode, frame: Frame): boolean {
  return !frame.scene.groupIds.has(node.parent ?? "");
}

function paintPlate({ context, colour }: Pen, words: string, box: Box): void {
  context.beginPath();
  context.roundRect(box.x, box.y, box.width, box.height, 3);
  context.fillStyle = colour("accent");
  context.fill();
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = colour("on-accent");
  context.fillText(words, box.x + box.width / 2, box.y + box.height / 2 + 0.5);
}

function paintHaloed({ context, colour }: Pen, words: string, x: number, y: number, token: string): void {
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = colour("surface");
  context.strokeText(words, x, y);
  context.fillStyle = colour(token);
  context.fillText(words, x, y);
}

function paintGroupName(pen: Pen, frame: Frame, group: MapGroup, taken: BoxField): void {
  const at = frame.project(group.x, group.y);
  const radius = group.r * frame.scale;
  if (group.label === "" || radius < 16 || !isOnScreen(at, radius, frame)) return;
  const { context, font } = pen;
  context.font = `500 11px ${font}`;
  const words = group.n > 0 ? `${shortened(group.label)} ${group.n.toLocaleString("en")}` : shortened(group.label);
  const width = context.measureText(words).width + 2;
  for (const y of [at.y + radius + 9, at.y - radius - 9]) {
    if (!taken.claim({ x: at.x - width / 2, y: y - LINE / 2, width, height: LINE })) continue;
    paintHaloed(pen, words, at.x, y, "text-2");
    return;
  }
}

/** A name longer than this hides its neighbours; the panel and the table have it whole. */
const LONGEST = 28;

function shortened(label: string): string {
  if (label.length <= LONGEST) return label;
  return `${label.slice(0, LONGEST / 2)}…${label.slice(-LONGEST / 2 + 1)}`;
}
