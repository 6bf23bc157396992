/** A page that broke: what happened, and a way on. */
import type { ErrorComponentProps } from "@tanstack/react-router";
import { ErrorState } from "../ui/states";

export function PageError({ error, reset }: ErrorComponentProps) {
  return <ErrorState error={error} onRetry={reset} />;
}
