/** Being written. */
export function IdentitiesPage() {
  return null;
}
