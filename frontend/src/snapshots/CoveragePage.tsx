/** Coverage: what was collected of each account and when, and what is missing or was not understood. */
import { useRevision } from "../api/queries";
import type { Coverage, Scope } from "../api/types";
import { useTitle } from "../router/title";
import { useScope, useUrlState } from "../router/url-state";
import { Button } from "../ui/Button";
import { Chip } from "../ui/Chip";
import { Select } from "../ui/Field";
import { counted, day, dayAndTime } from "../ui/format";
import { Block, PageHead } from "../ui/Page";
import { ErrorState, Loading, Refreshing } from "../ui/states";
import { Table } from "../ui/Table";
import { cursorOf } from "../api/paging";
import { CoveredAccounts } from "./CoveredAccounts";
import { useCoverage } from "./queries";
import styles from "./UploadsPage.module.css";

const COLUMNS = [
  { name: "Kind", width: "9%" },
  { name: "Account", width: "11%" },
  { name: "Where", width: "30%" },
  { name: "Remark" },
];
const KIND_WORDS = {
  incomplete: "Incomplete",
  missing: "Missing",
  unreadable: "Unreadable",
  ignored: "Ignored",
  warning: "Warning",
  "not-evaluated": "Not evaluated",
} as const;

function sayOf(summary: Coverage["summary"]): string {
  const words = [
    `${summary.fresh} of ${counted(summary.accounts, "account")} fresh`,
    summary.stale > 0 && `${summary.stale} stale`,
    summary.incomplete > 0 && `${summary.incomplete} not read`,
  ];
  return words.filter(Boolean).join(", ");
}

function Notices({ notices, total }: { notices: Coverage["notices"]; total: number }) {
  const [search, change] = useUrlState();
  const next = cursorOf(notices.next);
  return (
    <Block
      title="Remarks"
      remark={counted(total, "remark")}
      actions={
        <div className="row">
          {search.account && <Chip name="account" value={search.account} onRemove={() => change({ account: undefined, cursor: undefined })} />}
          <Select
            aria-label="Kind of remark"
            value={search.kind ?? ""}
            onChange={(event) => change({ kind: event.currentTarget.value || undefined, cursor: undefined })}
          >
            <option value="">All kinds</option>
            {Object.entries(KIND_WORDS).map(([kind, word]) => (
              <option key={kind} value={kind}>
                {word}
              </option>
            ))}
          </Select>
        </div>
      }
    >
      {notices.results.length === 0 ? (
        <p className="second">Everything that was sent was understood.</p>
      ) : (
        <Table caption="Remarks" columns={COLUMNS} wrapped>
          {notices.results.map((notice, index) => (
            <tr key={index}>
              <td>{KIND_WORDS[notice.kind]}</td>
              <td className="mono second">{notice.account ?? ""}</td>
              <td className="second" title={`${notice.file} ${notice.place}`}>
                {[notice.file, notice.place].filter(Boolean).join(", ")}
              </td>
              <td>{notice.text}</td>
            </tr>
          ))}
        </Table>
      )}
      <div className={styles.bar}>
        {search.cursor && <Button onClick={() => change({ cursor: undefined })}>First page</Button>}
        {next && <Button onClick={() => change({ cursor: next })}>Next page</Button>}
      </div>
    </Block>
  );
}

function Report({ scope }: { scope: Scope }) {
  const [search] = useUrlState();
  const coverage = useCoverage(scope, search.account, search.kind, search.cursor);
  if (coverage.isError) return <ErrorState error={coverage.error} onRetry={() => void coverage.refetch()} />;
  if (!coverage.data) return <Loading what="the coverage report" />;
  return (
    <>
      <Refreshing active={coverage.isPlaceholderData} />
      <Block title="Accounts" remark={sayOf(coverage.data.summary)}>
        <CoveredAccounts accounts={coverage.data.accounts} />
      </Block>
      <Notices notices={coverage.data.notices} total={coverage.data.notices.total} />
    </>
  );
}

export function CoveragePage() {
  const scope = useScope();
  const revision = useRevision(scope).data;
  const date = revision && (revision.collected_to ?? revision.created);
  useTitle("Coverage", date && day(date));
  return (
    <>
      <PageHead
        title="Coverage"
        remark={date && `revision ${scope.revision}, collected up to ${dayAndTime(date)}; what is missing here is not known to be safe`}
      />
      <Report scope={scope} />
    </>
  );
}

