/** Marks and labels of the map: account discs with their counts, kind marks, names that do not overlap. */
import { BoxField } from "./boxes";
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

/** The marks that are worth a letter now: all, if they are few; else those that stand out; else none. */
export function markable(frame: Frame): Seen[] {
  const seen = nodesOnScreen(frame);
  if (seen.length <= MOST_MARKS) return seen;
  const bright = seen.filter(({ node }) => frame.emphasis.bright !== null && isBright(node.index, frame));
  return bright.length <= MOST_MARKS ? bright : bright.filter(({ node }) => node.index === frame.selected);
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
  if (radius < 12) return;
  context.font = `600 ${radius > 20 ? 13 : 11}px ${font}`;
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

/** Blocks the places of marks, so that no label falls on one. */
export function blockMarks(frame: Frame, seen: Seen[], taken: BoxField): void {
  for (const { node, at } of seen) {
    const rim = rimOf(node, frame);
    taken.block({ x: at.x - rim, y: at.y - rim, width: 2 * rim, height: 2 * rim });
  }
}

const LINE = 14;

/** Names: the selection on its plate, then groups, then what stands out, then the rest by weight while there is room. */
export function paintNames(pen: Pen, frame: Frame, seen: Seen[], taken: BoxField): void {
  const rank = ({ node }: Seen): number =>
    (node.index === frame.selected ? 0 : node.index === frame.hovered ? 1 : isBright(node.index, frame) ? 2 : 4);
  const ordered = [...seen].sort((a, b) => rank(a) - rank(b) || b.node.n - a.node.n || a.node.index - b.node.index);
  for (const one of ordered.filter((each) => rank(each) < 2)) paintName(pen, frame, one, taken);
  for (const group of frame.scene.groups) paintGroupName(pen, frame, group, taken);
  for (const one of ordered.filter((each) => rank(each) >= 2)) paintName(pen, frame, one, taken);
}

function paintName(pen: Pen, frame: Frame, { node, at }: Seen, taken: BoxField): void {
  const { context, font } = pen;
  const selected = node.index === frame.selected;
  context.font = `${selected ? 600 : 400} 11px ${font}`;
  const words = shortened(node.label);
  const width = context.measureText(words).width + (selected ? 10 : 2);
  const top = at.y + rimOf(node, frame) + (selected ? 7 : 3);
  const box = { x: at.x - width / 2, y: top, width, height: LINE + (selected ? 4 : 0) };
  const forced = selected || node.index === frame.hovered;
  if (!taken.claim(box) && !forced) return;
  if (selected) paintPlate(pen, words, box);
  else paintHaloed(pen, words, at.x, top + LINE / 2, isBright(node.index, frame) ? "text" : "text-3");
}

function paintPlate({ context, colour }: Pen, words: string, box: { x: number; y: number; width: number; height: number }): void {
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
