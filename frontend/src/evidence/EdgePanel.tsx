/** Being written. */
export function EdgePanel(_: { source: string; target: string; onClose: () => void }) {
  return null;
}
