/** Being written. */
export function NeighbourhoodDrawing(_: { of: string }) {
  return null;
}
