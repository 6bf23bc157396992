/** Identities: the table page by page, one identity, its relations and policies. */
import { keepPreviousData, queryOptions, useInfiniteQuery, useQuery, type InfiniteData } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import { cursorOf } from "../api/paging";
import type { Scope } from "../api/types";
import type { SearchText } from "../router/url-state";
import { queryOf } from "./filters";

const PAGE = 100;

export function useIdentities(scope: Scope, search: SearchText) {
  const query = queryOf(search);
  return useInfiniteQuery({
    queryKey: ["identities", scope.workspace, scope.revision, query],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/api/v1/workspaces/{workspace}/revisions/{revision}/identities/", {
          params: { path: scope, query: { ...query, limit: PAGE, ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => cursorOf(page.next),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
}

const identityPath = (scope: Scope, key: string) => ({ params: { path: { ...scope, key } } });

export const identityQuery = (scope: Scope, key: string) =>
  queryOptions({
    queryKey: ["identity", scope.workspace, scope.revision, key],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/v1/workspaces/{workspace}/revisions/{revision}/identities/{key}/", { ...identityPath(scope, key), signal }),
      ),
    staleTime: Infinity,
  });

export const useIdentity = (scope: Scope, key: string) => useQuery(identityQuery(scope, key));

export function usePolicies(scope: Scope, key: string) {
  return useQuery({
    queryKey: ["policies", scope.workspace, scope.revision, key],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/v1/workspaces/{workspace}/revisions/{revision}/identities/{key}/policies/", {
          ...identityPath(scope, key),
          signal,
        }),
      ),
    staleTime: Infinity,
  });
}

/** Who can become it (inbound), or what it can become (outbound); more pages on demand. */
export function useRelations(scope: Scope, key: string, way: "inbound" | "outbound") {
  return useInfiniteQuery({
    queryKey: ["relations", scope.workspace, scope.revision, key, way],
    queryFn: ({ pageParam, signal }) => {
      const params = { path: { ...scope, key }, query: { limit: PAGE, ...(pageParam && { cursor: pageParam }) } };
      return answer(
        way === "inbound"
          ? api.GET("/api/v1/workspaces/{workspace}/revisions/{revision}/identities/{key}/inbound/", { params, signal })
          : api.GET("/api/v1/workspaces/{workspace}/revisions/{revision}/identities/{key}/outbound/", { params, signal }),
      );
    },
    initialPageParam: "",
    getNextPageParam: (page) => cursorOf(page.next),
    staleTime: Infinity,
  });
}

/** The rows of all pages that are there. */
export function rowsOf<Row>(data: InfiniteData<{ results: Row[] }> | undefined): Row[] {
  return data?.pages.flatMap((page) => page.results) ?? [];
}
