/** What lies around one node, by id or key. */
import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import type { Scope } from "../api/types";

export const neighbourhoodQuery = (scope: Scope, of: string) =>
  queryOptions({
    queryKey: ["neighbourhood", scope.workspace, scope.revision, of],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/v1/workspaces/{workspace}/revisions/{revision}/neighbourhood/", {
          params: { path: scope, query: { of } },
          signal,
        }),
      ),
    staleTime: Infinity,
  });
