/** Being written. */
export function IdentityPage() {
  return null;
}
