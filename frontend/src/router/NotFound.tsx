/** An address that no page has. */
import { Button } from "../ui/Button";
import { EmptyState } from "../ui/states";
import { useTitle } from "./title";

export function NotFound() {
  useTitle("Not found");
  return (
    <EmptyState title="There is no such page">
      <p>The address may be mistyped, or what it names is not in a workspace that you belong to.</p>
      <Button onClick={() => window.history.back()}>Back</Button>
    </EmptyState>
  );
}
