/** One frame of the map: what is drawn, where it falls on the screen, and how large. */
import type { Bundle, MapNode, MapScene } from "./columnar";
import type { Emphasis } from "./finding";
import type { Level } from "./MapRenderer";
import type { Bend, Point } from "./bend";

export interface Projection {
  project: (x: number, y: number) => Point;
  /** Pixels of one unit of the layout. */
  scale: number;
  width: number;
  height: number;
}

export interface Frame extends Projection {
  scene: MapScene;
  level: Level;
  emphasis: Emphasis;
  selected: number | null;
  hovered: number | null;
}

export interface DrawnLine {
  bundle: Bundle;
  bend: Bend;
}

/** More marks than this at once are dots, which WebGL draws: letters would not be read anyway. */
export const MOST_MARKS = 300;
/** More lines than this at rest are a grey mass: then they appear with a selection. */
const MOST_RESTING_LINES = 1500;
const SMALLEST_MARK = 13;
const LARGEST_MARK = 30;

export function isDisc(node: MapNode, level: Level): boolean {
  return level === "account" && node.kind === "account";
}

/** From the centre of a mark to where a line ends at it. */
export function rimOf(node: MapNode, frame: Pick<Frame, "level" | "scale">): number {
  if (isDisc(node, frame.level)) return Math.max(4, node.r * frame.scale);
  return markSize(node, frame) / 2;
}

export function markSize(node: MapNode, frame: Pick<Frame, "scale">): number {
  return Math.min(LARGEST_MARK, Math.max(SMALLEST_MARK, Math.round(node.r * frame.scale * 1.6)));
}

export function isOnScreen(at: Point, margin: number, frame: Projection): boolean {
  return at.x > -margin && at.y > -margin && at.x < frame.width + margin && at.y < frame.height + margin;
}

export function nodesOnScreen(frame: Frame): { node: MapNode; at: Point }[] {
  const seen: { node: MapNode; at: Point }[] = [];
  for (const node of frame.scene.nodes) {
    if (frame.emphasis.hidden.has(node.index)) continue;
    const at = frame.project(node.x, node.y);
    if (isOnScreen(at, Math.max(24, node.r * frame.scale), frame)) seen.push({ node, at });
  }
  return seen;
}

export function isBright(index: number, frame: Pick<Frame, "emphasis" | "hovered">): boolean {
  return frame.emphasis.bright === null || frame.emphasis.bright.has(index) || index === frame.hovered;
}

/** Whether lines are drawn though nothing is selected. */
export function showsLinesAtRest(scene: MapScene, level: Level): boolean {
  return level === "identity" && scene.edges.length <= MOST_RESTING_LINES;
}
