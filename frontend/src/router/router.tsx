/** Every page and its address. Pages are loaded when they are first opened. */
import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  type RouterHistory,
} from "@tanstack/react-router";
import { Frame } from "./Frame";
import { NotFound } from "./NotFound";
import { PageError } from "./PageError";
import { RevisionGate } from "./RevisionGate";
import { parseSearch, stringifySearch, type SearchText } from "./url-state";

interface Context {
  queryClient: QueryClient;
}

const root = createRootRouteWithContext<Context>()({
  component: Frame,
  notFoundComponent: NotFound,
  validateSearch: (search: Record<string, unknown>): SearchText => search as SearchText,
});

const workspace = createRoute({ getParentRoute: () => root, path: "/w/$workspace" });

const workspaceIndex = createRoute({
  getParentRoute: () => workspace,
  path: "/",
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/w/$workspace/r/$revision/overview", params: { ...params, revision: "latest" }, replace: true });
  },
});

const uploads = createRoute({
  getParentRoute: () => workspace,
  path: "uploads",
  component: lazyRouteComponent(() => import("../snapshots/UploadsPage"), "UploadsPage"),
});

const revision = createRoute({ getParentRoute: () => workspace, path: "r/$revision", component: RevisionGate });

const overview = createRoute({
  getParentRoute: () => revision,
  path: "overview",
  component: lazyRouteComponent(() => import("../overview/OverviewPage"), "OverviewPage"),
});

const map = createRoute({
  getParentRoute: () => revision,
  path: "map",
  component: lazyRouteComponent(() => import("../map/MapPage"), "MapPage"),
});

const identities = createRoute({
  getParentRoute: () => revision,
  path: "identities",
  component: lazyRouteComponent(() => import("../identities/IdentitiesPage"), "IdentitiesPage"),
});

const identity = createRoute({
  getParentRoute: () => revision,
  path: "identities/$key",
  component: lazyRouteComponent(() => import("../identities/IdentityPage"), "IdentityPage"),
});

const trusts = createRoute({
  getParentRoute: () => revision,
  path: "trusts",
  component: lazyRouteComponent(() => import("../trusts/TrustsPage"), "TrustsPage"),
});

const paths = createRoute({
  getParentRoute: () => revision,
  path: "paths",
  component: lazyRouteComponent(() => import("../paths/PathsPage"), "PathsPage"),
});

const simulate = createRoute({
  getParentRoute: () => revision,
  path: "simulate",
  component: lazyRouteComponent(() => import("../simulate/SimulatePage"), "SimulatePage"),
});

const coverage = createRoute({
  getParentRoute: () => revision,
  path: "coverage",
  component: lazyRouteComponent(() => import("../snapshots/CoveragePage"), "CoveragePage"),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  component: lazyRouteComponent(() => import("../settings/SettingsPage"), "SettingsPage"),
});

const tree = root.addChildren([
  settings,
  workspace.addChildren([
    workspaceIndex,
    uploads,
    revision.addChildren([overview, map, identities, identity, trusts, paths, simulate, coverage]),
  ]),
]);

/** `history` is given by tests; a browser has its own. */
export function makeRouter(queryClient: QueryClient, history?: RouterHistory) {
  return createRouter({
    ...(history && { history }),
    routeTree: tree,
    context: { queryClient },
    parseSearch,
    stringifySearch,
    defaultErrorComponent: PageError,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
