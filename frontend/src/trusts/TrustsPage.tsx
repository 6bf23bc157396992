/** Being written. */
export function TrustsPage() {
  return null;
}
