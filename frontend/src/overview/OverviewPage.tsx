/** Being written. */
export function OverviewPage() {
  return null;
}
