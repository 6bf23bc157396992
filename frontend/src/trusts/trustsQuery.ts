/** Whom the roles trust, page by page. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import type { paths } from "../api/schema";
import type { Scope } from "../api/types";

type Query = NonNullable<paths["/api/v1/workspaces/{workspace}/revisions/{revision}/trusts/"]["get"]["parameters"]["query"]>;

export const trustsQuery = (scope: Scope, query: Query) =>
  queryOptions({
    queryKey: ["trusts", scope.workspace, scope.revision, query],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/v1/workspaces/{workspace}/revisions/{revision}/trusts/", { params: { path: scope, query }, signal }),
      ),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
