/** The accounts that most roles trust, as bars. */
import type { Revision, Scope } from "../api/types";
import { LinkedNumber } from "../ui/LinkedNumber";
import styles from "./OverviewPage.module.css";

export function TrustedAccounts({ scope, accounts }: { scope: Scope; accounts: Revision["top_trusted_accounts"] }) {
  if (accounts.length === 0) return <p className="second">No role trusts another account.</p>;
  const most = Math.max(...accounts.map((account) => account.roles), 1);
  return (
    <ol className={styles.trusted}>
      {accounts.map((account) => (
        <li key={account.account}>
          <span className={styles.trustedName} title={`${account.name ?? ""} ${account.account}`.trim()}>
            {account.name ?? <span className="mono">{account.account}</span>}
          </span>
          <span className={styles.trustedBar} style={{ width: `${(account.roles / most) * 100}%` }} aria-hidden="true" />
          <span className={styles.number}>
            <LinkedNumber to="/w/$workspace/r/$revision/trusts" params={scope} search={{ search: account.account }} value={account.roles} />
          </span>
        </li>
      ))}
    </ol>
  );
}
