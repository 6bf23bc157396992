/** All revisions of a workspace, the newest first. */
import { Link } from "@tanstack/react-router";
import { useRevisions } from "../api/queries";
import type { Revision } from "../api/types";
import { Badge } from "../ui/Chip";
import { count, dayAndTime } from "../ui/format";
import { LinkedNumber } from "../ui/LinkedNumber";
import { ErrorState } from "../ui/states";
import { LoadingRows, NumberCell, Table } from "../ui/Table";
import styles from "./UploadsPage.module.css";

const COLUMNS = [
  { name: "Collected", width: "18%" },
  { name: "Number", numeric: true, width: "8%" },
  { name: "Source", width: "26%" },
  { name: "Accounts", numeric: true },
  { name: "Identities", numeric: true },
  { name: "Remarks", numeric: true },
  { name: "State", width: "14%" },
];

function sourceOf(revision: Revision): string {
  const ways = { browser: "browser", api: "API", shell: "shell", sample: "sample organization" } as const;
  return [revision.by, ways[revision.source]].filter(Boolean).join(", ");
}

function Row({ workspace, revision }: { workspace: string; revision: Revision }) {
  const params = { workspace, revision: String(revision.number) };
  return (
    <tr>
      <td>
        <Link to="/w/$workspace/r/$revision/overview" params={params} title={`Received ${dayAndTime(revision.created)}`}>
          {dayAndTime(revision.collected_to ?? revision.created)}
        </Link>
      </td>
      <NumberCell>{revision.number}</NumberCell>
      <td className="second">{sourceOf(revision)}</td>
      <NumberCell>{count(revision.accounts)}</NumberCell>
      <NumberCell>
        <LinkedNumber to="/w/$workspace/r/$revision/identities" params={params} value={revision.identities} />
      </NumberCell>
      <NumberCell>
        <LinkedNumber to="/w/$workspace/r/$revision/coverage" params={params} value={revision.warnings} />
      </NumberCell>
      <td>{revision.current ? <Badge>Current</Badge> : <span className="quiet">Kept</span>}</td>
    </tr>
  );
}

export function RevisionsTable({ workspace }: { workspace: string }) {
  const revisions = useRevisions(workspace);
  if (revisions.isError) return <ErrorState error={revisions.error} onRetry={() => void revisions.refetch()} />;
  if (revisions.data?.total === 0) return null;
  return (
    <section aria-label="Revisions" className={styles.section}>
      <header className={styles.heading}>
        <h2>Revisions</h2>
        {revisions.data && (
          <span className="quiet">
            {revisions.data.total > revisions.data.results.length
              ? `the newest ${revisions.data.results.length} of ${revisions.data.total}`
              : count(revisions.data.total)}
          </span>
        )}
      </header>
      <Table caption="Revisions" columns={COLUMNS}>
        {revisions.data ? (
          revisions.data.results.map((revision) => <Row key={revision.number} workspace={workspace} revision={revision} />)
        ) : (
          <LoadingRows columns={COLUMNS.length} rows={3} />
        )}
      </Table>
    </section>
  );
}
