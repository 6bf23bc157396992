/** Whom the roles trust: a row for each role, statement and principal; a click opens the evidence. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useAccounts } from "../api/queries";
import type { Trust } from "../api/types";
import { EdgePanel } from "../evidence/EdgePanel";
import { useTitle } from "../router/title";
import { useScope, useUrlState } from "../router/url-state";
import { placeOf } from "../scene/model";
import { CERTAINTY_WORDS } from "../scene/words";
import { Button } from "../ui/Button";
import { Checkbox, Input, Segmented, Select } from "../ui/Field";
import { NOTHING } from "../ui/format";
import { KindMark } from "../ui/KindMark";
import { EmptyState, ErrorState, Refreshing } from "../ui/states";
import { LoadingRows, NumberCell, Table } from "../ui/Table";
import { isCounted, needsInWords, principalInWords } from "./principalWords";
import { CERTAINTIES, NO_FILTER, cursorOf, isFiltered, readTrustSearch, trustQuery } from "./trustSearch";
import type { TrustSearch } from "./trustSearch";
import { TrustVerdict } from "./TrustRows";
import { trustsQuery } from "./trustsQuery";
import styles from "./TrustsPage.module.css";

type Change = (patch: Partial<TrustSearch>, how?: { replace?: boolean }) => void;

export function TrustsPage() {
  useTitle("Trusts");
  const scope = useScope();
  const [raw, setRaw] = useUrlState();
  const search = readTrustSearch(raw);
  const trusts = useQuery(trustsQuery(scope, trustQuery(search)));
  const chosen = search.principal !== "" && search.role !== "";
  return (
    <div className={styles.page}>
      <div className={styles.main}>
        <header className={styles.title}>
          <h1>Trusts</h1>
          <span className="quiet">{trusts.data && totalWords(trusts.data.total, search)}</span>
        </header>
        <Filters search={search} change={setRaw} />
        <Refreshing active={trusts.isFetching && !trusts.isPending} />
        <div className={styles.rows}>
          {trusts.isError ? (
            <ErrorState error={trusts.error} onRetry={() => void trusts.refetch()} />
          ) : (
            <Rows trusts={trusts.data?.results} search={search} change={setRaw} />
          )}
        </div>
        {trusts.data && <Pages page={trusts.data} change={setRaw} />}
      </div>
      {chosen && (
        <div className={styles.side}>
          <EdgePanel source={search.principal} target={search.role} onClose={() => setRaw({ principal: "", role: "" })} />
        </div>
      )}
    </div>
  );
}

function totalWords(total: number, search: TrustSearch): string {
  return `${total.toLocaleString("en")} ${isFiltered(search) ? "match" : "in this revision"}`;
}

const OUTSIDE = [
  { value: "", name: "All" },
  { value: "yes", name: "From outside" },
  { value: "no", name: "From inside" },
] as const;

function Filters({ search, change }: { search: TrustSearch; change: Change }) {
  const accounts = useAccounts(useScope());
  const first = { cursor: "" };
  return (
    <div className={styles.filters}>
      <SearchBox key={search.search} search={search} change={change} />
      <label className="row">
        <span className="quiet">Roles of</span>
        <Select value={search.account} onChange={(event) => change({ account: event.target.value, ...first })}>
          <option value="">all accounts</option>
          {accounts.data
            ?.filter((account) => account.in_snapshot)
            .map((account) => (
              <option key={account.account} value={account.account}>
                {account.name ? `${account.name} ${account.account}` : account.account}
              </option>
            ))}
        </Select>
      </label>
      <label className="row">
        <span className="quiet">Verdict</span>
        <Select
          value={search.certainty}
          onChange={(event) => change({ certainty: CERTAINTIES.find((each) => each === event.target.value) ?? "", ...first })}
        >
          <option value="">any</option>
          {CERTAINTIES.map((certainty) => (
            <option key={certainty} value={certainty}>
              {CERTAINTY_WORDS[certainty]}
            </option>
          ))}
        </Select>
      </label>
      <Checkbox label="Cross-account only" checked={search.cross === "yes"} onChange={(on) => change({ cross: on ? "yes" : "", ...first })} />
      <Segmented label="Where the trusted are" choices={OUTSIDE} chosen={search.external} onChoose={(external) => change({ external, ...first })} />
    </div>
  );
}

const PAUSE = 250;

/** Words are searched when typing pauses, in place of the entry before: Back leaves the search, not a letter. */
function SearchBox({ search, change }: { search: TrustSearch; change: Change }) {
  const [words, setWords] = useState(search.search);
  useEffect(() => {
    if (words === search.search) return undefined;
    const timer = setTimeout(() => change({ search: words, cursor: "" }, { replace: true }), PAUSE);
    return () => clearTimeout(timer);
  }, [words, search.search, change]);
  return (
    <Input
      type="search"
      className={styles.search ?? ""}
      aria-label="Search trusts"
      placeholder="Role or trusted principal"
      value={words}
      onChange={(event) => setWords(event.target.value)}
    />
  );
}

const COLUMNS = [
  { name: "Role", width: "20%" },
  { name: "Account", width: "12%" },
  { name: "Trusts", width: "23%" },
  { name: "Statement", width: "88px" },
  { name: "Needs" },
  { name: "Lets in today", numeric: true, width: "96px" },
  { name: "Verdict", width: "152px" },
];

/** Beside the evidence there is room for the question and the answer only; the evidence has the rest. */
const NARROW = [{ name: "Role", width: "36%" }, { name: "Trusts" }, { name: "Verdict", width: "144px" }];

function Rows({ trusts, search, change }: { trusts: Trust[] | undefined; search: TrustSearch; change: Change }) {
  const narrow = search.role !== "";
  const columns = narrow ? NARROW : COLUMNS;
  if (trusts?.length === 0) return <Nothing search={search} change={change} />;
  return (
    <Table caption="Trusts" columns={columns} sticky>
      {trusts ? (
        trusts.map((trust) => (
          <Row key={`${trust.role.id} ${trust.statement} ${trust.principal.id}`} {...{ trust, search, change, narrow }} />
        ))
      ) : (
        <LoadingRows columns={columns.length} rows={12} />
      )}
    </Table>
  );
}

function Nothing({ search, change }: { search: TrustSearch; change: Change }) {
  if (!isFiltered(search)) return <EmptyState title="No role of this revision trusts anybody" />;
  return (
    <EmptyState title="No trust matches">
      <Button onClick={() => change(NO_FILTER)}>Take all filters off</Button>
    </EmptyState>
  );
}

interface RowProps {
  trust: Trust;
  search: TrustSearch;
  change: Change;
  narrow: boolean;
}

function Row({ trust, search, change, narrow }: RowProps) {
  const { role, principal } = trust;
  const selected = search.role === role.id && search.principal === principal.id;
  const open = () => change({ principal: principal.id, role: role.id });
  return (
    // The row is only a larger target; the button inside is what keyboards and screen readers use.
    <tr aria-selected={selected} onClick={open}>
      <td>
        <button type="button" className={styles.name} title={role.id} aria-label={`Evidence: ${principal.name} becomes ${role.name}`}>
          <KindMark kind={role.kind} admin={role.admin} />
          <span className={styles.words}>{role.name}</span>
        </button>
      </td>
      {!narrow && (
        <td className="second" title={role.account ?? undefined}>
          {placeOf(role)}
        </td>
      )}
      <td title={principal.id}>
        <span className={styles.name}>
          <KindMark kind={principal.kind} admin={principal.admin} />
          <span className={styles.words}>{principalInWords(principal, trust.outside)}</span>
        </span>
      </td>
      {!narrow && <Details trust={trust} />}
      <td>
        <TrustVerdict trust={trust} />
      </td>
    </tr>
  );
}

function Details({ trust }: { trust: Trust }) {
  const needs = needsInWords(trust);
  return (
    <>
      <td className="second" title={trust.sid ?? undefined}>
        {trust.sid ? `${trust.statement + 1}, ${trust.sid}` : trust.statement + 1}
      </td>
      <td className="second" title={needs.join("\n")}>
        {needs.join("; ")}
      </td>
      <NumberCell>{isCounted(trust.principal) ? trust.identities.toLocaleString("en") : NOTHING}</NumberCell>
    </>
  );
}

function Pages({ page, change }: { page: { total: number; next: string | null; previous: string | null }; change: Change }) {
  if (page.next === null && page.previous === null) return null;
  return (
    <nav className={styles.foot} aria-label="Pages of the table">
      <Button small disabled={page.previous === null} onClick={() => change({ cursor: cursorOf(page.previous) })}>
        Previous
      </Button>
      <Button small disabled={page.next === null} onClick={() => change({ cursor: cursorOf(page.next) })}>
        Next
      </Button>
      <span className="quiet">{page.total.toLocaleString("en")} in all</span>
    </nav>
  );
}
