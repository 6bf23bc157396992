/** What the overview asks for. */
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import type { Scope } from "../api/types";

export function useCoverageSummary(scope: Scope) {
  return useQuery({
    queryKey: ["coverage-summary", scope.workspace, scope.revision],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/v1/workspaces/{workspace}/revisions/{revision}/coverage/", {
          params: { path: scope, query: { limit: 1 } },
          signal,
        }),
      ),
    select: (coverage) => coverage.summary,
  });
}

/** The admins, those that the most can become first. */
export function useAdmins(scope: Scope) {
  return useQuery({
    queryKey: ["admins", scope.workspace, scope.revision],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/v1/workspaces/{workspace}/revisions/{revision}/identities/", {
          params: { path: scope, query: { admin: ["certain", "conditional"], ordering: "-trusted_by", limit: 10 } },
          signal,
        }),
      ),
    staleTime: Infinity,
  });
}
