/** Being written. */
export function FirstRun({ workspace }: { workspace: string }) {
  return <p>{workspace}</p>;
}
