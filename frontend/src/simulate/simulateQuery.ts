/** The question to the engine and its answer; a message of AWS's, read by the server; and the actions there are. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, api, ApiError } from "../api/client";
import type { FieldProblem } from "../api/client";
import type { Scope } from "../api/types";
import { contextOf, isAsked } from "./simulateSearch";
import type { Simulated } from "./simulateSearch";

export function questionOf({ principal, action, resource, account, context, unknown, policy }: Simulated) {
  return {
    principal,
    action,
    resource: resource === "" ? "*" : resource,
    resource_account: account === "" ? null : account,
    context: contextOf(context),
    unknown_context: unknown,
    resource_policy: policy.trim() === "" ? null : policy,
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

/** What is wrong with the policy that went along with the question, if that is why there is no answer. */
export function policyFlaw(error: Error | null): FieldProblem | undefined {
  return error instanceof ApiError ? error.fields.find(({ field }) => field === "resource_policy") : undefined;
}

export const actionsQuery = (text: string) =>
  queryOptions({
    queryKey: ["actions", text.toLowerCase()],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/actions/", { params: { query: { search: text } }, signal })),
    enabled: text !== "",
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    retry: false,
  });

export const readDenial = (scope: Scope, text: string) =>
  answer(api.POST("/api/v1/workspaces/{workspace}/revisions/{revision}/read-denial/", { params: { path: scope }, body: { text } }));
