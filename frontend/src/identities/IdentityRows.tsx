/** The rows of the identities table: only those in view are in the page. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { Identity } from "../api/types";
import { NodeName } from "../router/links";
import { useScope, type SearchText, type SetSearch } from "../router/url-state";
import { ago, count, dayAndTime, NOTHING } from "../ui/format";
import { LinkedNumber } from "../ui/LinkedNumber";
import { NumberCell, Table, type Column } from "../ui/Table";
import { orderingOf, type Ordering } from "./filters";
import styles from "./IdentitiesPage.module.css";

const ROW = 32;

interface OrderedColumn extends Column {
  ordering?: Ordering;
}

const COLUMNS: readonly OrderedColumn[] = [
  { name: "Name", ordering: "name", width: "34%" },
  { name: "Account", ordering: "account", width: "14%" },
  { name: "Path", width: "13%", wideOnly: true },
  { name: "Last used", ordering: "last_used", numeric: true, width: "9%" },
  { name: "MFA", width: "7%" },
  { name: "Keys", numeric: true, width: "5%" },
  { name: "Can become it", ordering: "trusted_by", numeric: true },
  { name: "It can become", ordering: "can_become", numeric: true },
];

const sayMfa = (identity: Identity) => {
  if (identity.kind !== "user") return NOTHING;
  if (identity.mfa === null) return "not known";
  return identity.mfa ? "yes" : "no";
};

function sayLastUsed(identity: Identity): string {
  if (identity.kind === "group") return NOTHING;
  return identity.last_used ? ago(identity.last_used) : "not seen";
}

function Row({ identity, index }: { identity: Identity; index: number }) {
  const scope = useScope();
  const to = "/w/$workspace/r/$revision/identities/$key";
  const params = { ...scope, key: identity.key };
  const tab = identity.kind === "group" ? "members" : "trust";
  return (
    <tr aria-rowindex={index + 2}>
      <td>
        <NodeName node={identity} />
      </td>
      <td className="second" title={identity.account}>
        {identity.account_name ?? identity.account}
      </td>
      <td className="second wide-only" title={identity.path}>
        {identity.path === "/" ? "" : identity.path}
      </td>
      <NumberCell>
        <span className="second" title={identity.last_used ? dayAndTime(identity.last_used) : undefined}>
          {sayLastUsed(identity)}
        </span>
      </NumberCell>
      <td className="second">{sayMfa(identity)}</td>
      <NumberCell>{identity.kind === "user" ? (identity.active_keys ?? "?") : NOTHING}</NumberCell>
      <NumberCell>
        <LinkedNumber to={to} params={params} search={{ tab }} value={identity.trusted_by} />
      </NumberCell>
      <NumberCell>
        <LinkedNumber to={to} params={params} search={{ tab: "reach" }} value={identity.can_become} />
      </NumberCell>
    </tr>
  );
}

/** Numbers and dates are sorted from the most down at first, names from A. */
function nextOrdering(column: Ordering, now: { column: Ordering; down: boolean }): string {
  if (now.column === column) return now.down ? column : `-${column}`;
  return column === "name" || column === "account" ? column : `-${column}`;
}

export function IdentityRows({
  rows,
  total,
  search,
  change,
  loadMore,
}: {
  rows: readonly Identity[];
  total: number;
  search: SearchText;
  change: SetSearch;
  loadMore: () => void;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoised over its functions
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - 20 && rows.length < total) loadMore();
  }, [last, rows.length, total, loadMore]);
  const ordering = orderingOf(search);
  const columns = COLUMNS.map((column) => ({
    ...column,
    ...(column.ordering && {
      sorted: ordering.column === column.ordering ? (ordering.down ? ("descending" as const) : ("ascending" as const)) : undefined,
      onSort: () => column.ordering && change({ ordering: nextOrdering(column.ordering, ordering) }),
    }),
  }));
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div ref={scroller} className={styles.scroller} data-scroll-restoration-id="identities">
      <Table caption={`${count(total)} identities`} columns={columns} sticky aria-rowcount={total + 1}>
        {above > 0 && <Gap height={above} />}
        {items.map((item) => {
          const identity = rows[item.index];
          return identity && <Row key={identity.id} identity={identity} index={item.index} />;
        })}
        {below > 0 && <Gap height={below} />}
      </Table>
    </div>
  );
}

/** Stands for the rows that are not in view. */
function Gap({ height }: { height: number }) {
  return (
    <tr aria-hidden="true" className={styles.gap}>
      <td style={{ height }} />
    </tr>
  );
}
