/** Being written. */
export function CoveragePage() {
  return null;
}
