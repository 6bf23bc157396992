/** The question to the path finder, and its answer. */
import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import type { Scope } from "../api/types";
import { FOLLOWED } from "./searchState";
import type { Assumed, PathSearch } from "./searchState";

const LIMIT = 25;

export const isAsked = (search: PathSearch): boolean => search.from !== "" && search.to !== "";

export function questionOf(search: PathSearch) {
  const { from, to, via, avoid, follow, conditional, unknown, hops, assume } = search;
  const kinds = follow.length === FOLLOWED.length ? [] : follow;
  return { from, to, via, avoid, kinds, conditional, unknown, max_hops: hops, limit: LIMIT, assume: assumptionsOf(assume) };
}

function assumptionsOf({ mfa, sourceIp, externalId }: Assumed) {
  return {
    ...(mfa !== "" && { mfa: mfa === "yes" }),
    ...(sourceIp !== "" && { source_ip: sourceIp }),
    ...(externalId !== "" && { external_id: externalId === "none" ? null : externalId }),
  };
}

/** Asking changes nothing, so the answer is kept like any other; the shown path and edge are not part of the question. */
export const pathsQuery = (scope: Scope, search: PathSearch) => {
  const body = questionOf(search);
  return queryOptions({
    queryKey: ["paths", scope.workspace, scope.revision, body],
    queryFn: ({ signal }) =>
      answer(
        api.POST("/api/v1/workspaces/{workspace}/revisions/{revision}/paths/", { params: { path: scope }, body, signal }),
      ),
    enabled: isAsked(search),
    staleTime: Infinity,
  });
};
