/** Pages of a revision: "latest" becomes its number, so that a copied address keeps its meaning. */
import { Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { ApiError } from "../api/client";
import { useRevision, useWorkspace } from "../api/queries";
import type { Scope } from "../api/types";
import { ErrorState, Loading } from "../ui/states";
import { NotFound } from "./NotFound";
import { useScope } from "./url-state";

const FirstRun = lazy(() => import("../overview/FirstRun").then((module) => ({ default: module.FirstRun })));

export function RevisionGate() {
  const scope = useScope();
  return scope.revision === "latest" ? <Latest workspace={scope.workspace} /> : <Numbered scope={scope} />;
}

/** An address or workspace that is not there, or another failure. */
function Failure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  if (error instanceof ApiError && error.status === 404) return <NotFound />;
  return <ErrorState error={error} onRetry={onRetry} />;
}

function Latest({ workspace: slug }: { workspace: string }) {
  const workspace = useWorkspace(slug);
  const number = workspace.data?.latest_revision;
  useFixedAddress(number);
  if (workspace.isError) return <Failure error={workspace.error} onRetry={() => void workspace.refetch()} />;
  if (number !== null) return <Loading what="the workspace" />;
  return (
    <Suspense>
      <FirstRun workspace={slug} />
    </Suspense>
  );
}

/** Puts the number in the place of "latest", without a step in the history. */
function useFixedAddress(number: number | null | undefined): void {
  const navigate = useNavigate();
  const { pathname, searchStr, hash } = useLocation();
  useEffect(() => {
    if (number === null || number === undefined) return;
    const path = pathname.replace(/\/r\/latest(?=\/|$)/, `/r/${number}`);
    void navigate({ href: path + searchStr + (hash === "" ? "" : `#${hash}`), replace: true });
  }, [navigate, number, pathname, searchStr, hash]);
}

function Numbered({ scope }: { scope: Scope }) {
  const revision = useRevision(scope);
  if (revision.isError) return <Failure error={revision.error} onRetry={() => void revision.refetch()} />;
  if (!revision.data) return <Loading what="the revision" />;
  return <Outlet />;
}
