/** How to get a snapshot, and what each file adds. */
import { CopyButton } from "../ui/CopyButton";
import { Table } from "../ui/Table";
import styles from "./Collect.module.css";

const COMMAND = "aws iam get-account-authorization-details --output json > account.json";
const COLUMNS = [
  { name: "File", width: "24%" },
  { name: "Needed", width: "10%" },
  { name: "Lets you see", width: "31%" },
  { name: "Permission it needs", width: "35%" },
];
const FILES = [
  {
    file: "Account authorization details",
    need: "required",
    see: "users, roles, groups, policies, trusts",
    permission: "iam:GetAccountAuthorizationDetails",
  },
  {
    file: "Organization",
    need: "better",
    see: "account names and units; who is outside",
    permission: "organizations:List*, organizations:Describe*",
  },
  { file: "Credential report", need: "better", see: "MFA, passwords, access keys and their age", permission: "iam:GetCredentialReport" },
  {
    file: "Outputs of other IAM commands",
    need: "optional",
    see: "MFA devices, access keys, instance profiles",
    permission: "iam:List*",
  },
];

export function CollectCommand() {
  return (
    <section aria-label="Collect it yourself" className={styles.collect}>
      <header className={styles.heading}>
        <h2>Collect it yourself</h2>
        <span className="quiet">with credentials that may only read; iamviz never sees them</span>
      </header>
      <div className={styles.command}>
        <code>
          <span className="quiet">$ </span>
          {COMMAND}
        </code>
        <CopyButton text={COMMAND} what="the command" words="Copy" />
      </div>
      <p className="quiet small">
        Once for each account. Files of many accounts can be sent together: as they are, in a folder, or in a zip or tar archive.
      </p>
    </section>
  );
}

export function WhatFilesAdd() {
  return (
    <section aria-label="What each file adds" className={styles.collect}>
      <h2>What each file adds</h2>
      <Table caption="What each file adds" columns={COLUMNS}>
        {FILES.map((row) => (
          <tr key={row.file}>
            <td>{row.file}</td>
            <td className={row.need === "required" ? styles.required : "quiet"}>{row.need}</td>
            <td className="second">{row.see}</td>
            <td className="mono second">{row.permission}</td>
          </tr>
        ))}
      </Table>
      <p className="quiet small">Files are recognised by what is in them, not by their names.</p>
    </section>
  );
}
