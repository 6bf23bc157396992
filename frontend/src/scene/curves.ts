/** Lines that leave and arrive horizontally, and their arrowheads. */

interface Point {
  x: number;
  y: number;
}

const round = (value: number): string => String(Math.round(value * 10) / 10);

/** A smooth path through all points, level at each of them. */
export function levelCurve(points: Point[]): string {
  const [first, ...rest] = points;
  if (!first) return "";
  let from = first;
  let path = `M${round(first.x)} ${round(first.y)}`;
  for (const to of rest) {
    const middle = (from.x + to.x) / 2;
    path += `C${round(middle)} ${round(from.y)} ${round(middle)} ${round(to.y)} ${round(to.x)} ${round(to.y)}`;
    from = to;
  }
  return path;
}

/** An arrowhead of 9 × 8 whose point is at `tip`, for a line that arrives level from `from`. */
export function levelArrowhead(from: Point, tip: Point): string {
  const back = tip.x > from.x ? -9 : 9;
  return `M${round(tip.x)} ${round(tip.y)}l${back} -4v8z`;
}
