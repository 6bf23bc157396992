/** What pages ask for more than once; a revision never changes, so its answers are kept. */
import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { answer, api } from "./client";
import type { Scope } from "./types";

const FOREVER = { staleTime: Infinity } as const;

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/me/", { signal })),
  ...FOREVER,
});

export const workspaceQuery = (workspace: string) =>
  queryOptions({
    queryKey: ["workspace", workspace],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/workspaces/{workspace}/", { params: { path: { workspace } }, signal })),
  });

export const revisionsQuery = (workspace: string) =>
  queryOptions({
    queryKey: ["revisions", workspace],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/v1/workspaces/{workspace}/revisions/", {
          params: { path: { workspace }, query: { limit: 50 } },
          signal,
        }),
      ),
  });

export const revisionQuery = (scope: Scope) =>
  queryOptions({
    queryKey: ["revision", scope.workspace, scope.revision],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/v1/workspaces/{workspace}/revisions/{revision}/", { params: { path: scope }, signal })),
    ...FOREVER,
  });

export const accountsQuery = (scope: Scope) =>
  queryOptions({
    queryKey: ["accounts", scope.workspace, scope.revision],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/v1/workspaces/{workspace}/revisions/{revision}/accounts/", { params: { path: scope }, signal })),
    ...FOREVER,
  });

export const searchQuery = (scope: Scope, q: string) =>
  queryOptions({
    queryKey: ["search", scope.workspace, scope.revision, q],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/v1/workspaces/{workspace}/revisions/{revision}/search/", {
          params: { path: scope, query: { q } },
          signal,
        }),
      ),
    enabled: q.trim().length > 0,
    placeholderData: keepPreviousData,
    ...FOREVER,
  });

/** The newest revision's number: null while nothing has been read, undefined while that is not known. */
export function useLatestRevision(workspace: string): number | null | undefined {
  return useQuery(workspaceQuery(workspace)).data?.latest_revision;
}

export const useMe = () => useQuery(meQuery);
export const useWorkspace = (workspace: string) => useQuery(workspaceQuery(workspace));
export const useRevisions = (workspace: string) => useQuery(revisionsQuery(workspace));
export const useRevision = (scope: Scope) => useQuery(revisionQuery(scope));
export const useAccounts = (scope: Scope) => useQuery(accountsQuery(scope));

/** What the address names, "latest" resolved; undefined where nothing has been read yet. */
export function useShownRevision(scope: Scope) {
  const latest = useLatestRevision(scope.workspace);
  const number = scope.revision === "latest" ? latest : Number(scope.revision);
  const named = { ...scope, revision: String(number) };
  return useQuery({ ...revisionQuery(named), enabled: number !== null && number !== undefined }).data;
}

export const useSearchResults = (scope: Scope, q: string) => useQuery(searchQuery(scope, q));
