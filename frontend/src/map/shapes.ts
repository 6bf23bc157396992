/** Kind marks on a canvas: the same letters and shapes as ui/KindMark. */
import { markOf } from "../ui/kinds";
import type { Mark } from "../ui/kinds";
import type { Palette } from "./colours";

export interface Pen {
  context: CanvasRenderingContext2D;
  colour: Palette;
  font: string;
}

function outline(context: CanvasRenderingContext2D, shape: Mark["shape"], x: number, y: number, half: number): void {
  context.beginPath();
  if (shape === "circle" || shape === "ring") context.arc(x, y, half, 0, 2 * Math.PI);
  else if (shape === "square") context.roundRect(x - half, y - half, 2 * half, 2 * half, half * 0.45);
  else if (shape === "pill") context.roundRect(x - half, y - half * 0.65, 2 * half, half * 1.3, half * 0.65);
  else polygon(context, corners(shape, x, y, half));
}

function polygon(context: CanvasRenderingContext2D, points: [number, number][]): void {
  for (const [x, y] of points) context.lineTo(x, y);
  context.closePath();
}

function corners(shape: Mark["shape"], x: number, y: number, half: number): [number, number][] {
  if (shape === "diamond") {
    const reach = half * 1.12;
    return [[x, y - reach], [x + reach, y], [x, y + reach], [x - reach, y]];
  }
  const rise = half * 0.9;
  const wing = half * 0.52;
  return [[x - wing, y - rise], [x + wing, y - rise], [x + half, y], [x + wing, y + rise], [x - wing, y + rise], [x - half, y]];
}

/** A mark of `size` pixels across, its letter in it; `dim` marks step back to a quiet outline without fill. */
export function drawMark(pen: Pen, kind: string, admin: boolean, x: number, y: number, size: number, dim: boolean): void {
  const { context, colour } = pen;
  const mark = markOf(kind, admin ? "certain" : "no");
  outline(context, mark.shape, x, y, size / 2 - 0.5);
  context.fillStyle = colour(dim ? "surface" : mark.fill);
  context.fill();
  context.lineWidth = mark.shape === "ring" ? 1.5 : 1;
  context.strokeStyle = colour(dim ? "edge-dim" : mark.line);
  context.setLineDash(mark.dashed ? [2.5, 2] : []);
  context.stroke();
  context.setLineDash([]);
  if (mark.shape === "ring") drawDot(pen, x, y, size * 0.13, dim ? "edge-dim" : "text-2");
  else drawLetter(pen, mark.letter, x, y, size, dim ? "text-3" : mark.ink);
}

function drawDot({ context, colour }: Pen, x: number, y: number, radius: number, token: string): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = colour(token);
  context.fill();
}

function drawLetter({ context, colour, font }: Pen, letter: string, x: number, y: number, size: number, token: string): void {
  context.font = `600 ${Math.round(size * (letter === "★" ? 0.64 : 0.58) * 10) / 10}px ${font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = colour(token);
  context.fillText(letter, x, y + size * 0.03);
}

const FULL = 2 * Math.PI;

/** The verdict's icon, 11 pixels across: tick, half ring or dashed ring, as in ui/Verdict. */
export function drawVerdict({ context, colour, font }: Pen, certainty: string, x: number, y: number): void {
  const token = { certain: "yes", conditional: "if" }[certainty] ?? "no";
  context.fillStyle = context.strokeStyle = colour(token);
  context.beginPath();
  context.arc(x, y, certainty === "certain" ? 5.5 : 4.8, 0, FULL);
  if (certainty === "certain") {
    context.fill();
    context.beginPath();
    context.moveTo(x - 2.5, y + 0.2);
    context.lineTo(x - 0.7, y + 2);
    context.lineTo(x + 2.6, y - 1.7);
    context.strokeStyle = colour("surface");
  }
  context.lineWidth = 1.4;
  context.setLineDash(certainty === "unknown" ? [2, 1.6] : []);
  context.stroke();
  context.setLineDash([]);
  if (certainty === "conditional") {
    context.beginPath();
    context.arc(x, y, 4.8, -Math.PI / 2, Math.PI / 2);
    context.fill();
  }
  if (certainty === "unknown") drawLetter({ context, colour, font }, "?", x, y, 12, token);
}
