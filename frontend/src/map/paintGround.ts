/** The ground of the map: OU and account discs, under everything. */
import type { MapGroup } from "./columnar";
import type { Frame } from "./frame";
import { isOnScreen } from "./frame";
import type { Pen } from "./shapes";

export function paintGround(pen: Pen, frame: Frame): void {
  const { context } = pen;
  context.clearRect(0, 0, frame.width, frame.height);
  const largestFirst = [...frame.scene.groups].sort((a, b) => b.r - a.r);
  for (const group of largestFirst) paintDisc(pen, frame, group);
}

function paintDisc({ context, colour }: Pen, frame: Frame, group: MapGroup): void {
  const at = frame.project(group.x, group.y);
  const radius = group.r * frame.scale;
  if (radius < 2 || !isOnScreen(at, radius, frame)) return;
  context.beginPath();
  context.arc(at.x, at.y, radius, 0, 2 * Math.PI);
  if (isOutline(group)) {
    context.strokeStyle = colour("line-strong");
    context.lineWidth = 1;
    context.setLineDash([]);
    context.stroke();
    return;
  }
  context.fillStyle = colour("disc");
  context.fill();
}

/** What holds other discs is a line, so that discs in discs do not darken. */
function isOutline(group: MapGroup): boolean {
  return group.parent === null && group.n === 0;
}
