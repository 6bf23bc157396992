/** Titles that a person would put on a ticket: "deploy-prod · role · prod-core · iamviz". */
import { useEffect } from "react";

export function useTitle(...parts: (string | null | undefined)[]): void {
  const title = [...parts.filter(Boolean), "iamviz"].join(" · ");
  useEffect(() => {
    document.title = title;
  }, [title]);
}
