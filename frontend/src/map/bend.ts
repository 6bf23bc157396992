/** Curved lines between two marks on the map: trimmed to their rims, with a point to label and a distance to a click. */

export interface Point {
  x: number;
  y: number;
}

export interface Bend {
  from: Point;
  control: Point;
  to: Point;
  middle: Point;
  /** Direction of arrival, in radians. */
  angle: number;
}

const SAG = 0.14;

/** A quadratic curve from rim to rim; opposite edges of a pair bend to opposite sides, so both are seen. */
export function bendBetween(source: Point, target: Point, sourceRim: number, targetRim: number): Bend {
  const dx = target.x - source.x;
  const dy = target.y - source.y;
  const length = Math.max(1, Math.hypot(dx, dy));
  const control = { x: source.x + dx / 2 - dy * SAG, y: source.y + dy / 2 + dx * SAG };
  const from = towards(source, control, Math.min(sourceRim, length / 3));
  const to = towards(target, control, Math.min(targetRim, length / 3));
  return { from, control, to, middle: at({ from, control, to }, 0.5), angle: Math.atan2(to.y - control.y, to.x - control.x) };
}

function towards(start: Point, aim: Point, distance: number): Point {
  const length = Math.max(1, Math.hypot(aim.x - start.x, aim.y - start.y));
  return { x: start.x + ((aim.x - start.x) * distance) / length, y: start.y + ((aim.y - start.y) * distance) / length };
}

export function at(curve: Pick<Bend, "from" | "control" | "to">, t: number): Point {
  const u = 1 - t;
  return {
    x: u * u * curve.from.x + 2 * u * t * curve.control.x + t * t * curve.to.x,
    y: u * u * curve.from.y + 2 * u * t * curve.control.y + t * t * curve.to.y,
  };
}

export function distanceTo(curve: Bend, point: Point): number {
  let least = Infinity;
  for (let step = 0; step <= 24; step++) {
    const on = at(curve, step / 24);
    least = Math.min(least, Math.hypot(on.x - point.x, on.y - point.y));
  }
  return least;
}
