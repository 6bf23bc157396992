/** The frame around every page: where one can go, the search, the revision, the theme, the member. */
import { Link, Outlet, useParams, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { useMe } from "../api/queries";
import type { Scope } from "../api/types";
import { Button } from "../ui/Button";
import { BrandIcon, SearchIcon, ThemeIcon } from "../ui/icons";
import { applyTheme, shownTheme, useShownTheme } from "../ui/theme";
import styles from "./Frame.module.css";
import { useShortcuts } from "./shortcuts";
import { MemberButton, RevisionButton } from "./TopMenus";

const Palette = lazy(() => import("./Palette").then((module) => ({ default: module.Palette })));

const PAGES = [
  { name: "Overview", to: "/w/$workspace/r/$revision/overview" },
  { name: "Map", to: "/w/$workspace/r/$revision/map" },
  { name: "Identities", to: "/w/$workspace/r/$revision/identities" },
  { name: "Trusts", to: "/w/$workspace/r/$revision/trusts" },
  { name: "Paths", to: "/w/$workspace/r/$revision/paths" },
] as const;

const LAST = "iamviz-workspace";

/** The workspace and revision of the address; on pages without one, the workspace seen last, and its newest. */
function useFrameScope() {
  const { workspace, revision = "latest" } = useParams({ strict: false });
  const me = useMe();
  const mine = me.data?.workspaces ?? [];
  const last = mine.find((candidate) => candidate.slug === localStorage.getItem(LAST)) ?? mine[0];
  const slug = workspace ?? last?.slug;
  useEffect(() => {
    if (workspace !== undefined) localStorage.setItem(LAST, workspace);
  }, [workspace]);
  const scope = useMemo(() => (slug === undefined ? undefined : { workspace: slug, revision }), [slug, revision]);
  return { me: me.data, scope };
}

function Brand({ scope }: { scope: Scope | undefined }) {
  const content = (
    <>
      <BrandIcon size={18} />
      iamviz
    </>
  );
  if (scope === undefined) return <span className={styles.brand}>{content}</span>;
  return (
    <Link to="/w/$workspace/r/$revision/overview" params={scope} className={styles.brand}>
      {content}
    </Link>
  );
}

function ThemeButton() {
  const other = useShownTheme() === "dark" ? "light" : "dark";
  return (
    <Button look="icon" aria-label={`Switch to ${other} theme`} onClick={() => applyTheme(shownTheme() === "dark" ? "light" : "dark")}>
      <ThemeIcon />
    </Button>
  );
}

/** Says the title of the page that was just opened to those who do not see it. */
function Announcer() {
  const pathname = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const [title, setTitle] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setTitle(document.title), 200);
    return () => clearTimeout(timer);
  }, [pathname]);
  return (
    <div className="visually-hidden" role="status">
      {title}
    </div>
  );
}

function Navigation({ scope }: { scope: { workspace: string; revision: string } }) {
  return (
    <nav aria-label="Pages" className={styles.nav}>
      {PAGES.map((page) => (
        <Link key={page.name} to={page.to} params={scope} className={styles.page} activeProps={{ "aria-current": "page" }}>
          {page.name}
        </Link>
      ))}
    </nav>
  );
}

export function Frame() {
  const { me, scope } = useFrameScope();
  const workspace = useWorkspaceOf(scope?.workspace);
  const [searching, setSearching] = useState(false);
  useShortcuts(scope, () => setSearching(true));
  return (
    <div className={styles.frame}>
      <a href="#content" className={styles.skip}>
        Skip to content
      </a>
      <header className={styles.bar}>
        <Brand scope={scope} />
        {scope && <Navigation scope={scope} />}
        <span className="spacer" />
        {scope && (
          <>
            <button type="button" className={styles.search} onClick={() => setSearching(true)} aria-keyshortcuts="Control+K Meta+K /">
              <SearchIcon size={14} />
              <span className={styles.searchWords}>
                <span className="wide-only">ARN, name, account…</span>
                <span className="narrow-only">Search</span>
              </span>
              <kbd className={styles.key}>⌘K</kbd>
            </button>
            <RevisionButton scope={scope} />
          </>
        )}
        <ThemeButton />
        {me && <MemberButton me={me} workspace={scope?.workspace} />}
      </header>
      <main id="content" className={styles.content} tabIndex={-1}>
        <Outlet />
      </main>
      <Announcer />
      {scope && searching && (
        <Suspense>
          <Palette scope={scope} workspaceName={workspace ?? ""} onClose={() => setSearching(false)} />
        </Suspense>
      )}
    </div>
  );
}

function useWorkspaceOf(slug: string | undefined): string | undefined {
  const me = useMe();
  return me.data?.workspaces.find((workspace) => workspace.slug === slug)?.name;
}
