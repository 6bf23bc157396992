/** Being written. */
export function PathsPage() {
  return null;
}
