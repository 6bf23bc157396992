/** One upload: how far it is, what was rejected and why, what came of it. */
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Upload } from "../api/types";
import { Button } from "../ui/Button";
import { FileIcon, StopIcon, WarningIcon } from "../ui/icons";
import { clock, counted, dayAndTime, shortDay, size } from "../ui/format";
import { ProgressBar, Steps } from "../ui/ProgressRow";
import { Verdict } from "../ui/Verdict";
import { isRunning, useUploadActions, type useSending } from "./queries";
import { Rejections } from "./Rejections";
import { UploadDetails } from "./UploadDetails";
import styles from "./UploadRow.module.css";
import { sayTimeLeft, stepsOf, titleOf } from "./words";

export interface UploadRowProps {
  workspace: string;
  upload: Upload;
  mayUpload: boolean;
  onChooseAnother: () => void;
}

/** Before there is an upload: the files are on their way to the server. */
export function Sending({ sending }: { sending: ReturnType<typeof useSending> }) {
  if (sending.isError) {
    return (
      <div className={styles.row} role="alert">
        <div className={styles.line}>
          <span className={styles.failed}>
            <StopIcon size={14} /> Not sent
          </span>
          <span>{sending.error.message}</span>
        </div>
      </div>
    );
  }
  if (!sending.isPending) return null;
  const name = sending.variables.length === 1 ? sending.variables[0]?.path : counted(sending.variables.length, "file");
  return (
    <div className={styles.row}>
      <div className={styles.line}>
        <FileIcon />
        <strong className={styles.name}>{name}</strong>
        <span className="spacer" />
        <span className="quiet small">sending</span>
        <strong>{sending.percent}%</strong>
      </div>
      <ProgressBar percent={sending.percent} label="Sending" />
    </div>
  );
}

function Outcome({ workspace, upload }: { workspace: string; upload: Upload }) {
  const rejected = upload.files.filter((file) => file.state === "rejected").length;
  if (upload.state === "failed") {
    return (
      <span className={styles.failed}>
        <StopIcon size={14} /> {rejected === upload.files.length && rejected > 0 ? "Rejected" : "Failed"}
      </span>
    );
  }
  if (upload.state === "cancelled") return <Verdict verdict="blocked" words="Cancelled" />;
  const words = upload.state === "unchanged" ? "Nothing new" : "Done";
  return (
    <>
      {upload.revision !== null && (
        <Link to="/w/$workspace/r/$revision/overview" params={{ workspace, revision: String(upload.revision) }} className="small">
          Revision {upload.revision}
        </Link>
      )}
      <Verdict verdict="certain" words={words} />
    </>
  );
}

function Actions({ workspace, upload, onChooseAnother }: UploadRowProps) {
  const { cancel, retry } = useUploadActions(workspace);
  const problem = cancel.error ?? retry.error;
  return (
    <>
      {problem && (
        <span role="alert" className={styles.failed}>
          {problem.message}
        </span>
      )}
      {isRunning(upload) && (
        <Button small onClick={() => cancel.mutate(upload.id)} disabled={cancel.isPending}>
          Cancel
        </Button>
      )}
      {(upload.state === "failed" || upload.state === "cancelled") && (
        <>
          <Button small onClick={onChooseAnother}>
            Choose another
          </Button>
          <Button small onClick={() => retry.mutate(upload.id)} disabled={retry.isPending}>
            Retry
          </Button>
        </>
      )}
    </>
  );
}

function Running({ upload }: { upload: Upload }) {
  const { progress } = upload;
  return (
    <>
      <ProgressBar percent={progress.percent} label={`Reading ${titleOf(upload)}`} />
      <div className={styles.line}>
        <Steps steps={stepsOf(upload)} />
        <span className="spacer" />
        {progress.accounts_total > 0 && (
          <span className="quiet small">
            {progress.accounts_done} of {counted(progress.accounts_total, "account")}
          </span>
        )}
      </div>
    </>
  );
}

export function UploadRow(props: UploadRowProps) {
  const { workspace, upload, mayUpload } = props;
  const [open, setOpen] = useState(false);
  const running = isRunning(upload);
  // The rejections below say it better than their summary does.
  const isRejected = upload.files.some((file) => file.rejections.length > 0);
  const left = running ? sayTimeLeft(upload, new Date()) : null;
  return (
    <article className={styles.row} aria-label={`Upload ${titleOf(upload)}`}>
      <div className={styles.line}>
        <FileIcon />
        <strong className={styles.name} title={titleOf(upload)}>
          {titleOf(upload)}
        </strong>
        <span className="quiet" title={dayAndTime(upload.created)}>
          {size(upload.size)}
          {upload.by && `, from ${upload.by}`}, {shortDay(upload.created)} {clock(upload.created)}
        </span>
        <span className="spacer" />
        {upload.warnings > 0 && (
          <span className={styles.warnings}>
            <WarningIcon size={12} />
            {counted(upload.warnings, "remark")}
          </span>
        )}
        {left && <span className="quiet small">{left}</span>}
        {running ? <strong>{upload.progress.percent}%</strong> : <Outcome workspace={workspace} upload={upload} />}
        <Button look="link" onClick={() => setOpen(!open)} aria-expanded={open}>
          {open ? "Less" : "Details"}
        </Button>
        {mayUpload && <Actions {...props} />}
      </div>
      {running && <Running upload={upload} />}
      {upload.error && !isRejected && <p className={styles.error}>{upload.error}</p>}
      <Rejections upload={upload} />
      {open && <UploadDetails workspace={workspace} upload={upload} />}
    </article>
  );
}
