/** The files of an upload with their remarks, and what happened step by step. */
import type { Upload, UploadedFile } from "../api/types";
import { clock, counted, size } from "../ui/format";
import { NumberCell, Table } from "../ui/Table";
import { Verdict, type VerdictKind } from "../ui/Verdict";
import { useUploadEvents } from "./queries";
import styles from "./UploadRow.module.css";
import { PART_WORDS } from "./words";

const COLUMNS = [
  { name: "File", width: "34%" },
  { name: "Size", numeric: true, width: "10%" },
  { name: "Holds", width: "28%" },
  { name: "Accounts", numeric: true, width: "10%" },
  { name: "Remarks", numeric: true, width: "8%" },
  { name: "State", width: "10%" },
];
const STATES: Record<UploadedFile["state"], { verdict: VerdictKind; words: string }> = {
  queued: { verdict: "unknown", words: "Waiting" },
  read: { verdict: "certain", words: "Read" },
  partly: { verdict: "conditional", words: "Partly" },
  rejected: { verdict: "blocked", words: "Rejected" },
};
const NOTICES_SHOWN = 30;

function FileRow({ file }: { file: UploadedFile }) {
  return (
    <tr>
      <td title={`${file.name}\nSHA-256 ${file.sha256}`}>{file.name}</td>
      <NumberCell>{size(file.size)}</NumberCell>
      <td className="second">{file.kinds.map((kind) => PART_WORDS[kind]).join(", ")}</td>
      <NumberCell>
        <span title={file.accounts.join(", ")}>{file.accounts.length}</span>
      </NumberCell>
      <NumberCell>{file.notices.length}</NumberCell>
      <td>
        <Verdict {...STATES[file.state]} />
      </td>
    </tr>
  );
}

function Notices({ upload }: { upload: Upload }) {
  const notices = upload.files.flatMap((file) => file.notices);
  if (notices.length === 0) return null;
  return (
    <>
      <h3>Remarks</h3>
      <ul className={styles.notices}>
        {notices.slice(0, NOTICES_SHOWN).map((notice, index) => (
          <li key={index}>
            <span className="quiet">{[notice.file, notice.place].filter(Boolean).join(", ")}</span> {notice.text}
          </li>
        ))}
      </ul>
      {notices.length > NOTICES_SHOWN && (
        <p className="quiet small">
          {NOTICES_SHOWN} of {counted(notices.length, "remark")}; the coverage report has all.
        </p>
      )}
    </>
  );
}

function Events({ workspace, upload }: { workspace: string; upload: Upload }) {
  const events = useUploadEvents(workspace, upload, true);
  if (events.isError) return <p role="alert">{events.error.message}</p>;
  if (!events.data || events.data.length === 0) return null;
  return (
    <>
      <h3>What happened</h3>
      <ol className={styles.events} aria-live="polite">
        {events.data.slice(-40).map((event) => (
          <li key={event.seq}>
            <span className="quiet">{clock(event.time)}</span> {event.account && <span className="mono">{event.account}</span>} {event.text}
            {event.total > 1 && (
              <span className="quiet">
                {" "}
                {event.done} of {event.total}
              </span>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

export function UploadDetails({ workspace, upload }: { workspace: string; upload: Upload }) {
  return (
    <div className={styles.details}>
      <Table caption="Files of this upload" columns={COLUMNS} dense>
        {upload.files.map((file) => (
          <FileRow key={file.name} file={file} />
        ))}
      </Table>
      {upload.files_total > upload.files.length && (
        <p className="quiet small">
          {upload.files.length} of {counted(upload.files_total, "file")}
        </p>
      )}
      <Notices upload={upload} />
      <Events workspace={workspace} upload={upload} />
    </div>
  );
}
