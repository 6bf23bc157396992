/** All identities of a revision: facets, search, ordering; the address says which. */
import { Link } from "@tanstack/react-router";
import { useTitle } from "../router/title";
import { stringifySearch, useScope, useUrlState, type SearchText, type SetSearch } from "../router/url-state";
import { Button, buttonClass } from "../ui/Button";
import { Chip } from "../ui/Chip";
import { count, counted } from "../ui/format";
import { EmptyState, ErrorState, Loading, Refreshing } from "../ui/states";
import { IdentityFacets } from "./IdentityFacets";
import { FILTERS, wordsOf, type Filter } from "./filters";
import styles from "./IdentitiesPage.module.css";
import { IdentityRows } from "./IdentityRows";
import { rowsOf, useIdentities } from "./queries";
import { SearchBox } from "./SearchBox";
import type { Facets } from "../api/types";

/** Everything off: what "Show all" does. */
const NO_FILTERS: SearchText = Object.fromEntries(FILTERS.map((filter) => [filter, undefined]));

const FILTER_WORDS: Record<Filter, string> = {
  kind: "kind",
  account: "account",
  admin: "admin",
  external: "outside trust",
  mfa: "MFA",
  keys: "access keys",
  used: "last used",
  search: "contains",
};
const VALUE_WORDS: Partial<Record<string, string>> = {
  "admin:certain": "yes",
  "admin:conditional": "on a condition",
  "external:true": "yes",
  "external:false": "no",
  "used:older": "longer ago",
  "used:never": "not seen",
  "keys:unknown": "not known",
  "mfa:unknown": "not known",
};

function sayValue(filter: Filter, value: string, facets: Facets | undefined): string {
  if (filter === "account") return facets?.account.find((account) => account.value === value)?.label ?? value;
  if (filter === "used" && /^\d+$/.test(value)) return `within ${value} d`;
  return VALUE_WORDS[`${filter}:${value}`] ?? value;
}

function Chips({ search, change, facets }: { search: SearchText; change: SetSearch; facets: Facets | undefined }) {
  const chips = FILTERS.filter((filter) => filter !== "search").flatMap((filter) =>
    wordsOf(search[filter]).map((value) => ({ filter, value })),
  );
  return chips.map(({ filter, value }) => (
    <Chip
      key={`${filter} ${value}`}
      name={FILTER_WORDS[filter]}
      value={sayValue(filter, value, facets)}
      onRemove={() => {
        const rest = wordsOf(search[filter]).filter((word) => word !== value);
        change({ [filter]: rest.join(",") || undefined });
      }}
    />
  ));
}

type Answer = ReturnType<typeof useIdentities>;

/** What stands under the tools: rows, or why there are none. */
function Results({ identities, search, change }: { identities: Answer; search: SearchText; change: SetSearch }) {
  const total = identities.data?.pages[0]?.total;
  if (total === undefined) return <Loading what="identities" />;
  if (total === 0) {
    return (
      <EmptyState title="No identity matches">
        <p>The filters leave nothing of this revision.</p>
        <Button onClick={() => change(NO_FILTERS)}>Show all</Button>
      </EmptyState>
    );
  }
  const rows = rowsOf(identities.data);
  const loadMore = () => {
    if (identities.hasNextPage && !identities.isFetching) void identities.fetchNextPage();
  };
  return (
    <>
      <IdentityRows key={stringifySearch(search)} rows={rows} total={total} search={search} change={change} loadMore={loadMore} />
      {rows.length < total && (
        <footer className={styles.footer}>
          {count(rows.length)} of {count(total)} loaded; more come as you scroll
        </footer>
      )}
    </>
  );
}

export function IdentitiesPage() {
  useTitle("Identities");
  const [search, change] = useUrlState();
  const scope = useScope();
  const identities = useIdentities(scope, search);
  const first = identities.data?.pages[0];
  if (identities.isError) return <ErrorState error={identities.error} onRetry={() => void identities.refetch()} />;
  return (
    <div className={styles.page}>
      <aside className={styles.rail} aria-label="Facets">
        {first && <IdentityFacets facets={first.facets} search={search} change={change} />}
      </aside>
      <div className={styles.main}>
        <header className={styles.tools}>
          <h1 className={styles.title}>Identities</h1>
          <SearchBox text={search.search ?? ""} onSearch={(text) => change({ search: text || undefined })} />
          <Chips search={search} change={change} facets={first?.facets} />
          <span className="spacer" />
          {first && <span className="quiet">{counted(first.total, "identity", "identities")}</span>}
          <Link to="/w/$workspace/r/$revision/simulate" params={scope} className={buttonClass()}>
            Simulate…
          </Link>
        </header>
        <Refreshing active={identities.isPlaceholderData} />
        <Results identities={identities} search={search} change={change} />
      </div>
    </div>
  );
}
