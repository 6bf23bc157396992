/** Lines of the map: solid in one account, dashed across accounts, double for a whole account, orange towards admin. */
import { at, bendBetween } from "./bend";
import type { Bend } from "./bend";
import { BoxField } from "./boxes";
import type { Box } from "./boxes";
import type { Bundle } from "./columnar";
import { bundle } from "./columnar";
import type { DrawnLine, Frame } from "./frame";
import { rimOf } from "./frame";
import type { Pen } from "./shapes";
import { drawVerdict } from "./shapes";
import { labelWord } from "../scene/words";
import { plural } from "../scene/text";

const MOST_LABELS = 24;
/** More arrowheads than this hide what they point at. */
const MOST_HEADS = 150;
/** The mark is drawn over the line's end; the arrow stops short of it. */
const GAP = 3;

/** The lines that this frame shows in full: of the selection, of what is under the pointer, or all if they are few. */
export function linesOf(frame: Frame, resting: boolean): DrawnLine[] {
  const { hidden, bright } = frame.emphasis;
  const indices = new Set(frame.emphasis.edges);
  for (const at of frame.hovered === null ? [] : (frame.scene.touching[frame.hovered] ?? [])) indices.add(at);
  if (resting && frame.selected === null) for (const edge of frame.scene.edges) indices.add(edge.index);
  const shown = [...indices]
    .flatMap((at) => frame.scene.edges[at] ?? [])
    .filter((edge) => !hidden.has(edge.source) && !hidden.has(edge.target) && edge.source !== edge.target)
    .filter((edge) => bright === null || bright.has(edge.source) || bright.has(edge.target));
  return bundle(shown).flatMap((one) => drawnLine(one, frame) ?? []);
}

function drawnLine(one: Bundle, frame: Frame): DrawnLine | null {
  const source = frame.scene.nodes[one.source];
  const target = frame.scene.nodes[one.target];
  if (!source || !target) return null;
  const from = frame.project(source.x, source.y);
  const to = frame.project(target.x, target.y);
  return { bundle: one, bend: bendBetween(from, to, rimOf(source, frame) + 1, rimOf(target, frame) + GAP) };
}

export function paintLines(pen: Pen, frame: Frame, lines: DrawnLine[]): void {
  const heads = lines.length <= MOST_HEADS;
  for (const line of lines) paintLine(pen, frame, line, heads);
}

function paintLine({ context, colour }: Pen, frame: Frame, { bundle: one, bend }: DrawnLine, heads: boolean): void {
  const source = frame.scene.nodes[one.source];
  const bright = touches(one, frame.selected) || touches(one, frame.hovered);
  const admin = frame.scene.nodes[one.target]?.admin === true;
  context.strokeStyle = context.fillStyle = colour(lineToken(admin, bright));
  context.lineWidth = lineWidth(admin, bright);
  context.setLineDash(one.cross ? [5, 3.5] : []);
  // An account on this map stands for some of its identities; only "anyone" is more than one.
  const double = source?.kind === "anyone" && bright;
  for (const offset of double ? [-1.5, 1.5] : [0]) strokeBend(context, bend, offset);
  context.setLineDash([]);
  if (heads && (bright || admin)) paintArrowhead(context, bend);
}

function lineWidth(admin: boolean, bright: boolean): number {
  if (!bright) return 1;
  return admin ? 2 : 1.5;
}

/** At rest lines stay in the background: only those to admin keep their colour. */
function lineToken(admin: boolean, bright: boolean): string {
  if (admin) return "k-admin-line";
  return bright ? "text-2" : "line-strong";
}

export function touches(one: Bundle, index: number | null): boolean {
  return index !== null && (one.source === index || one.target === index);
}

function strokeBend(context: CanvasRenderingContext2D, bend: Bend, offset: number): void {
  const across = { x: -Math.sin(bend.angle) * offset, y: Math.cos(bend.angle) * offset };
  context.beginPath();
  context.moveTo(bend.from.x + across.x, bend.from.y + across.y);
  context.quadraticCurveTo(
    bend.control.x + across.x,
    bend.control.y + across.y,
    bend.to.x - Math.cos(bend.angle) * 6 + across.x,
    bend.to.y - Math.sin(bend.angle) * 6 + across.y,
  );
  context.stroke();
}

function paintArrowhead(context: CanvasRenderingContext2D, { to, angle }: Bend): void {
  context.save();
  context.translate(to.x, to.y);
  context.rotate(angle);
  context.beginPath();
  context.moveTo(0, 0);
  context.lineTo(-9, -4);
  context.lineTo(-9, 4);
  context.closePath();
  context.fill();
  context.restore();
}

/** What stands on the lines of the selection: the verdict and the step, or how many relations a line stands for. */
export function paintLineLabels(pen: Pen, frame: Frame, lines: DrawnLine[], taken: BoxField): void {
  const chosen = lines.filter(({ bundle: one }) => touches(one, frame.selected) || touches(one, frame.hovered));
  for (const line of chosen.slice(0, MOST_LABELS)) {
    const [long, short] = lineWords(line.bundle, frame);
    if (!paintLineLabel(pen, long, line, taken)) paintLineLabel(pen, short, line, taken);
  }
}

/** The long form, and the one for a line that is too short for it. */
function lineWords(one: Bundle, frame: Frame): [string, string] {
  if (frame.level === "account") return [plural(one.n, "relation"), one.n.toLocaleString("en")];
  const words = [...new Set(one.edges.map((edge) => labelWord(edge.kind)))];
  const more = words.length > 1 ? ` +${words.length - 1}` : "";
  return [`${words[0] ?? ""}${more}${one.certainty === "conditional" ? ", if" : ""}`, one.n > 1 ? one.n.toLocaleString("en") : ""];
}

/** Where along its line a label may stand, the middle first. */
const ALONG = [0.5, 0.4, 0.6, 0.3, 0.7];

function paintLineLabel(pen: Pen, words: string, { bundle: one, bend }: DrawnLine, taken: BoxField): boolean {
  const { context, colour, font } = pen;
  context.font = `400 11px ${font}`;
  const width = words === "" ? 22 : Math.ceil(context.measureText(words).width) + 27;
  if (Math.hypot(bend.to.x - bend.from.x, bend.to.y - bend.from.y) < width + 24) return false;
  const boxes = ALONG.map((t): Box => {
    const middle = at(bend, t);
    return { x: middle.x - width / 2, y: middle.y - 9, width, height: 18 };
  });
  const box = boxes.find((each) => taken.claim(each, 8));
  if (!box) return false;
  context.beginPath();
  context.roundRect(box.x, box.y, box.width, box.height, 3);
  context.fillStyle = colour("surface");
  context.fill();
  context.strokeStyle = colour("line-strong");
  context.lineWidth = 1;
  context.stroke();
  drawVerdict(pen, one.certainty, box.x + 11, box.y + 9);
  context.font = `400 11px ${font}`;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillStyle = colour("text-2");
  context.fillText(words, box.x + 20, box.y + 9.5);
  return true;
}
