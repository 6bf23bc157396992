/** Being written. */
export function UploadsPage() {
  return null;
}
