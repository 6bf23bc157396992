/** Which parts there are of each account, how old they are, which are missing. */
import type { Coverage } from "../api/types";
import { useUrlState } from "../router/url-state";
import { Button } from "../ui/Button";
import { count, dayAndTime } from "../ui/format";
import { NumberCell, Table } from "../ui/Table";
import styles from "./UploadsPage.module.css";
import { PART_WORDS } from "./words";

const COLUMNS = [
  { name: "Account", width: "16%" },
  { name: "Id", width: "11%" },
  { name: "Collected" },
  { name: "Missing", width: "24%" },
  { name: "Remarks", numeric: true, width: "8%" },
];

type Covered = Coverage["accounts"][number];

function sayPart(part: Covered["parts"][number]): string {
  const age = part.age_days === null ? "date unknown" : part.age_days === 0 ? "today" : `${part.age_days} d`;
  return `${PART_WORDS[part.kind]}${part.region ? ` ${part.region}` : ""} ${age}`;
}

function explainPart(part: Covered["parts"][number]): string {
  const from = part.collected_from ? ` (${part.collected_from})` : "";
  return `${PART_WORDS[part.kind]}: collected ${dayAndTime(part.collected)}${from}, SHA-256 ${part.sha256}`;
}

export function CoveredAccounts({ accounts }: { accounts: readonly Covered[] }) {
  const [, change] = useUrlState();
  return (
    <Table caption="Parts of each account" columns={COLUMNS}>
      {accounts.map((account) => (
        <tr key={account.account}>
          <td title={account.name ?? undefined}>{account.name ?? account.account}</td>
          <td className="mono second">{account.account}</td>
          <td className={styles.parts} title={account.parts.map(explainPart).join("\n")}>
            {account.parts.map(sayPart).join(", ") || "nothing"}
          </td>
          <td className={account.missing.includes("authorization-details") ? styles.missing : "quiet"}>
            {account.missing.map((kind) => PART_WORDS[kind]).join(", ")}
          </td>
          <NumberCell>
            {account.notices > 0 ? (
              <Button look="link" onClick={() => change({ account: account.account, cursor: undefined })}>
                {count(account.notices)}
              </Button>
            ) : (
              0
            )}
          </NumberCell>
        </tr>
      ))}
    </Table>
  );
}
