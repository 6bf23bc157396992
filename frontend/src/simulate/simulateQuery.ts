/** The question to the engine and its answer; and a message of AWS's, read by the server. */
import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import type { Scope } from "../api/types";
import { contextOf, isAsked } from "./simulateSearch";
import type { Simulated } from "./simulateSearch";

export function questionOf({ principal, action, resource, account, context, unknown }: Simulated) {
  return {
    principal,
    action,
    resource: resource === "" ? "*" : resource,
    resource_account: account === "" ? null : account,
    context: contextOf(context),
    unknown_context: unknown,
  };
}

/** Asking changes nothing, and a revision never changes: the answer is kept like any other. */
export const evaluationQuery = (scope: Scope, question: Simulated) => {
  const body = questionOf(question);
  return queryOptions({
    queryKey: ["evaluate", scope.workspace, scope.revision, body],
    queryFn: ({ signal }) =>
      answer(
        api.POST("/api/v1/workspaces/{workspace}/revisions/{revision}/evaluate/", { params: { path: scope }, body, signal }),
      ),
    enabled: isAsked(question),
    staleTime: Infinity,
    retry: false,
  });
};

export const readDenial = (scope: Scope, text: string) =>
  answer(api.POST("/api/v1/workspaces/{workspace}/revisions/{revision}/read-denial/", { params: { path: scope }, body: { text } }));
