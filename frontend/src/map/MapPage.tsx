/** Being written. */
export function MapPage() {
  return null;
}
