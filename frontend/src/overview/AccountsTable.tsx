/** The accounts of a revision. */
import { Link } from "@tanstack/react-router";
import type { useAccounts } from "../api/queries";
import type { Account, Scope } from "../api/types";
import { dayAndTime, NOTHING, shortDay } from "../ui/format";
import { KindMark } from "../ui/KindMark";
import { LinkedNumber } from "../ui/LinkedNumber";
import { ErrorState } from "../ui/states";
import { LoadingRows, NumberCell, Table } from "../ui/Table";
import styles from "./OverviewPage.module.css";

const COLUMNS = [
  { name: "Account", width: "22%" },
  { name: "Id", width: "14%" },
  { name: "Unit", width: "18%" },
  { name: "Users", numeric: true },
  { name: "Roles", numeric: true },
  { name: "Ways in", numeric: true },
  { name: "Ways out", numeric: true },
  { name: "Collected", numeric: true },
];
const IDENTITIES = "/w/$workspace/r/$revision/identities";
const SHOWN = 12;

/** The units below the root: "Workloads/Prod". */
function unitOf(account: Account): string {
  const units = account.ou?.split("/").slice(1) ?? [];
  return units.length > 0 ? units.join("/") : NOTHING;
}

function AccountRow({ scope, account }: { scope: Scope; account: Account }) {
  const search = { account: account.account };
  const name = account.name ?? account.account;
  return (
    <tr>
      <td>
        <span className={styles.kind}>
          <KindMark kind="account" decorative />
          {account.in_snapshot ? (
            <Link to={IDENTITIES} params={scope} search={search} className={styles.name2} title={name}>
              {name}
            </Link>
          ) : (
            <span className={styles.name2} title="In the organization, but no authorization details were read">
              {name}
            </span>
          )}
        </span>
      </td>
      <td className="mono second">{account.account}</td>
      <td className="second" title={account.ou ?? undefined}>
        {unitOf(account)}
      </td>
      {account.in_snapshot ? (
        <>
          <NumberCell>
            <LinkedNumber to={IDENTITIES} params={scope} search={{ ...search, kind: "user" }} value={account.users} />
          </NumberCell>
          <NumberCell>
            <LinkedNumber to={IDENTITIES} params={scope} search={{ ...search, kind: "role" }} value={account.roles} />
          </NumberCell>
          <NumberCell>{account.trusts_in}</NumberCell>
          <NumberCell>{account.trusts_out}</NumberCell>
          <NumberCell>
            <span className="second" title={dayAndTime(account.collected)}>
              {shortDay(account.collected)}
            </span>
          </NumberCell>
        </>
      ) : (
        <td colSpan={5} className="quiet right">
          not read
        </td>
      )}
    </tr>
  );
}

export function AccountsTable({ scope, accounts }: { scope: Scope; accounts: ReturnType<typeof useAccounts> }) {
  if (accounts.isError) return <ErrorState error={accounts.error} onRetry={() => void accounts.refetch()} />;
  const sorted = accounts.data && [...accounts.data].sort((a, b) => b.identities - a.identities || a.account.localeCompare(b.account));
  return (
    <>
      <Table caption="Accounts" columns={COLUMNS}>
        {sorted ? (
          sorted.slice(0, SHOWN).map((account) => <AccountRow key={account.account} scope={scope} account={account} />)
        ) : (
          <LoadingRows columns={COLUMNS.length} />
        )}
      </Table>
      {sorted && sorted.length > SHOWN && (
        <p className="quiet small">
          {SHOWN} of {sorted.length.toLocaleString("en")}; the{" "}
          <Link to="/w/$workspace/r/$revision/coverage" params={scope}>
            coverage report
          </Link>{" "}
          has all.
        </p>
      )}
    </>
  );
}
