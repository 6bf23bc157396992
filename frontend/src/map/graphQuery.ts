/** One level of the map; kept for the session, because a revision never changes. */
import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import type { Scope } from "../api/types";
import { readScene } from "./columnar";

export const sceneQuery = (scope: Scope, account: string) =>
  queryOptions({
    queryKey: ["scene", scope.workspace, scope.revision, account],
    queryFn: async ({ signal }) => {
      const query = account === "" ? { level: "account" as const } : { level: "identity" as const, account };
      const graph = await answer(
        api.GET("/api/v1/workspaces/{workspace}/revisions/{revision}/graph/", { params: { path: scope, query }, signal }),
      );
      return readScene(graph);
    },
    staleTime: Infinity,
  });

export const relationsQuery = (scope: Scope, key: string, way: "inbound" | "outbound", limit: number) =>
  queryOptions({
    queryKey: ["relations", scope.workspace, scope.revision, key, way, limit],
    queryFn: ({ signal }) => {
      const params = { path: { ...scope, key }, query: { limit } };
      return answer(
        way === "inbound"
          ? api.GET("/api/v1/workspaces/{workspace}/revisions/{revision}/identities/{key}/inbound/", { params, signal })
          : api.GET("/api/v1/workspaces/{workspace}/revisions/{revision}/identities/{key}/outbound/", { params, signal }),
      );
    },
    staleTime: Infinity,
  });

export const identityQuery = (scope: Scope, key: string) =>
  queryOptions({
    queryKey: ["identity", scope.workspace, scope.revision, key],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/v1/workspaces/{workspace}/revisions/{revision}/identities/{key}/", {
          params: { path: { ...scope, key } },
          signal,
        }),
      ),
    staleTime: Infinity,
  });
