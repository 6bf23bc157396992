/** The overview: what was read, who there is, who is trusted; every number leads to its list. */
import { Link } from "@tanstack/react-router";
import { useAccounts, useMe, useRevision } from "../api/queries";
import type { Revision, Scope } from "../api/types";
import { useTitle } from "../router/title";
import { useScope } from "../router/url-state";
import { day, dayAndTime } from "../ui/format";
import { Block, PageHead } from "../ui/Page";
import { ErrorState, Loading } from "../ui/states";
import { AccountsTable } from "./AccountsTable";
import { AdminsTable } from "./AdminsTable";
import { Figures } from "./Figures";
import styles from "./OverviewPage.module.css";
import { TrustedAccounts } from "./TrustedAccounts";
import { WhoCanBecome } from "./WhoCanBecome";

export function OverviewPage() {
  const scope = useScope();
  const revision = useRevision(scope);
  const name = useMe().data?.workspaces.find((workspace) => workspace.slug === scope.workspace)?.name ?? scope.workspace;
  useTitle("Overview", name);
  if (revision.isError) return <ErrorState error={revision.error} onRetry={() => void revision.refetch()} />;
  if (!revision.data) return <Loading what="the revision" />;
  return <Overview scope={scope} revision={revision.data} name={name} />;
}

function remarkOn(revision: Revision): string {
  const analysed = revision.analysed_seconds === null ? "" : `, analysed in ${sayDuration(revision.analysed_seconds)}`;
  const older = revision.current ? "" : ", not the newest revision";
  return `received ${dayAndTime(revision.created)}${analysed}${older}`;
}

function sayDuration(seconds: number): string {
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

function Overview({ scope, revision, name }: { scope: Scope; revision: Revision; name: string }) {
  const accounts = useAccounts(scope);
  return (
    <>
      <PageHead title={`${name}, ${day(revision.collected_to ?? revision.created)}`} remark={remarkOn(revision)} />
      <Figures scope={scope} revision={revision} />
      <div className={styles.columns}>
        <div className={styles.column}>
          <Block
            title="Accounts"
            remark={accounts.data && `${accounts.data.filter((account) => account.in_snapshot).length} read, most identities first`}
            actions={
              <Link to="/w/$workspace/r/$revision/coverage" params={scope} className="small">
                Coverage
              </Link>
            }
          >
            <AccountsTable scope={scope} accounts={accounts} />
          </Block>
          <Block title="Who can become whom" remark="relations, by what they hang on">
            <WhoCanBecome edges={revision.edges} />
          </Block>
        </div>
        <div className={styles.column}>
          <Block title="Who is admin" remark="may do everything in their account">
            <AdminsTable scope={scope} />
          </Block>
          <Block title="Most trusted accounts" actions={<span className="quiet small">roles that trust it</span>}>
            <TrustedAccounts scope={scope} accounts={revision.top_trusted_accounts} />
          </Block>
        </div>
      </div>
    </>
  );
}
