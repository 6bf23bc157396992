/** The path finder: how one identity can become another, ranked, drawn, and with the evidence of each step. */
import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import type { Paths } from "../api/types";
import { useTitle } from "../router/title";
import { useScope, useUrlState } from "../router/url-state";
import { plural } from "../scene/text";
import { Button } from "../ui/Button";
import { CopyButton } from "../ui/CopyButton";
import { EmptyState, ErrorState, Loading } from "../ui/states";
import { ToolPage } from "../ui/ToolPage";
import { PathForm } from "./PathForm";
import styles from "./PathsPage.module.css";
import { PathResult } from "./PathResult";
import { isAsked, pathsQuery } from "./pathsQuery";
import { MOST_HOPS, PATH_KEYS, readPathSearch, writePathSearch } from "./searchState";
import type { PathSearch } from "./searchState";

export function PathsPage() {
  const [search, change] = usePathSearch();
  const paths = useQuery(pathsQuery(useScope(), search));
  useTitle(titleOf(paths.data));
  const question = writePathSearch({ ...search, path: 1, edge: 1 });
  return (
    <ToolPage title="Paths">
      <PathForm
        key={JSON.stringify(question)}
        search={search}
        onFind={change}
        remark={paths.data && <Remark paths={paths.data} />}
      />
      {isAsked(search) ? <Answer search={search} change={change} /> : <HowToAsk />}
    </ToolPage>
  );
}

function HowToAsk() {
  return (
    <EmptyState title="Who can become whom">
      <p>
        Choose from whom and to whom. The finder shows the shortest ways, what each step depends on, and the two statements that allow
        it.
      </p>
    </EmptyState>
  );
}

function Answer({ search, change }: { search: PathSearch; change: (search: PathSearch) => void }) {
  const paths = useQuery(pathsQuery(useScope(), search));
  if (paths.isError) return <ErrorState error={paths.error} onRetry={() => void paths.refetch()} />;
  if (paths.isPending) return <Loading what="the paths" />;
  if (paths.data.paths.length === 0) return <NothingFound paths={paths.data} search={search} change={change} />;
  return <PathResult answer={paths.data} search={search} change={change} />;
}

function titleOf(paths: Paths | undefined): string {
  const edges = paths?.paths[0]?.edges;
  return edges ? `Paths from ${edges[0]?.source.name ?? ""} to ${edges.at(-1)?.target.name ?? ""}` : "Paths";
}

/** Each change is a step of the history; a chosen path or edge too, so that Back goes through what was looked at. */
function usePathSearch(): [PathSearch, (search: PathSearch) => void] {
  const [raw, setRaw] = useUrlState();
  const search = useMemo(() => readPathSearch(raw), [raw]);
  const change = useCallback(
    (next: PathSearch) => {
      const written = writePathSearch(next);
      setRaw(Object.fromEntries(PATH_KEYS.map((key) => [key, written[key]])));
    },
    [setRaw],
  );
  return [search, change];
}

function Remark({ paths }: { paths: Paths }) {
  const found = paths.paths.length;
  const hops = paths.paths[0]?.hops;
  return (
    <span className={styles.remark} role="status">
      <span>
        {found === 0 ? "Nothing found" : `${paths.more ? "More than " : ""}${plural(found, "path")}, shortest ${plural(hops ?? 0, "hop")}`}
      </span>
      <CopyButton text={window.location.href} what="link to these paths" words="Copy link" />
    </span>
  );
}

/** What was searched, what stands in the way, and the two ways on that widen the question. */
function NothingFound({ paths, search, change }: { paths: Paths; search: PathSearch; change: (search: PathSearch) => void }) {
  const { nodes, edges } = paths.searched;
  return (
    <EmptyState title={`No path of at most ${plural(search.hops, "hop")}`}>
      <p>{paths.nothing_because ?? `Searched ${plural(nodes, "node")} and ${plural(edges, "edge")}.`}</p>
      <p className="row">
        {search.hops < MOST_HOPS && <Button onClick={() => change({ ...search, hops: MOST_HOPS })}>Allow {MOST_HOPS} hops</Button>}
        {!search.conditional && <Button onClick={() => change({ ...search, conditional: true })}>Follow conditional edges</Button>}
        {!search.unknown && <Button onClick={() => change({ ...search, unknown: true })}>Follow unknown edges</Button>}
        {search.avoid.length > 0 && <Button onClick={() => change({ ...search, avoid: [] })}>Avoid nothing</Button>}
      </p>
    </EmptyState>
  );
}
