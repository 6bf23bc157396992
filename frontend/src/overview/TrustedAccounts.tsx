/** The accounts that most roles trust, as bars. */
import { Link } from "@tanstack/react-router";
import type { Revision, Scope } from "../api/types";
import { count } from "../ui/format";
import styles from "./OverviewPage.module.css";

export function TrustedAccounts({ scope, accounts }: { scope: Scope; accounts: Revision["top_trusted_accounts"] }) {
  if (accounts.length === 0) return <p className="second">No role trusts another account.</p>;
  const most = Math.max(...accounts.map((account) => account.roles), 1);
  return (
    <ol className={styles.trusted}>
      {accounts.map((account) => (
        <li key={account.account}>
          <Link
            to="/w/$workspace/r/$revision/trusts"
            params={scope}
            search={{ search: account.account }}
            className={styles.name2}
            title={`Trusts that name ${account.name ?? ""} ${account.account}`}
          >
            {account.name ?? <span className="mono">{account.account}</span>}
          </Link>
          <span className={styles.trustedBar} style={{ width: `${(account.roles / most) * 100}%` }} aria-hidden="true" />
          <span className={styles.number}>{count(account.roles)}</span>
        </li>
      ))}
    </ol>
  );
}
