/** Pages of a revision: "latest" becomes its number, so that a copied address keeps its meaning. */
import { useQueryClient } from "@tanstack/react-query";
import { Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { ApiError } from "../api/client";
import { revisionQuery, useRevision } from "../api/queries";
import { ErrorState, Loading } from "../ui/states";
import { useScope } from "./url-state";

const FirstRun = lazy(() => import("../overview/FirstRun").then((module) => ({ default: module.FirstRun })));

export function RevisionGate() {
  const scope = useScope();
  const revision = useRevision(scope);
  const fixed = useFixedRevision(scope, revision.data?.number);
  if (revision.isError) {
    const missing = revision.error instanceof ApiError && revision.error.status === 404;
    if (missing && scope.revision === "latest") {
      return (
        <Suspense>
          <FirstRun workspace={scope.workspace} />
        </Suspense>
      );
    }
    return <ErrorState error={revision.error} onRetry={() => void revision.refetch()} />;
  }
  if (revision.isPending || !fixed) return <Loading what="the revision" />;
  return <Outlet />;
}

/** True once the address names a revision by number. */
function useFixedRevision(scope: { workspace: string; revision: string }, number: number | undefined): boolean {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { pathname, searchStr, hash } = useLocation();
  const moving = scope.revision === "latest" && number !== undefined;
  useEffect(() => {
    if (!moving) return;
    const fixedScope = { ...scope, revision: String(number) };
    queryClient.setQueryData(revisionQuery(fixedScope).queryKey, queryClient.getQueryData(revisionQuery(scope).queryKey));
    const href = pathname.replace(/\/r\/latest(?=\/|$)/, `/r/${number}`) + searchStr + (hash ? `#${hash}` : "");
    void navigate({ href, replace: true });
  }, [moving, number, scope, pathname, searchStr, hash, navigate, queryClient]);
  return scope.revision !== "latest";
}
