/** Everything about one pair of nodes: asked once, kept, because a revision never changes. */
import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import type { Scope } from "../api/types";

export const edgeQuery = (scope: Scope, source: string, target: string) =>
  queryOptions({
    queryKey: ["edge", scope.workspace, scope.revision, source, target],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/v1/workspaces/{workspace}/revisions/{revision}/edges/", {
          params: { path: scope, query: { source, target } },
          signal,
        }),
      ),
    staleTime: Infinity,
  });
