/** Uploads: drop files, see how far they are and what was not taken; all revisions. */
import { useParams } from "@tanstack/react-router";
import { useMe, useWorkspace } from "../api/queries";
import { useTitle } from "../router/title";
import { Button } from "../ui/Button";
import { FileIcon, UploadIcon } from "../ui/icons";
import { PageHead } from "../ui/Page";
import { ErrorState } from "../ui/states";
import { CollectCommand, WhatFilesAdd } from "./Collect";
import { DropArea, useChooser } from "./DropArea";
import { isRunning, useSending, useUploadActions, useUploads } from "./queries";
import { RevisionsTable } from "./RevisionsTable";
import { Sending, UploadRow } from "./UploadRow";
import styles from "./UploadsPage.module.css";
import type { Upload } from "../api/types";

function sayCounts(uploads: readonly Upload[]): string {
  const running = uploads.filter(isRunning).length;
  const failed = uploads.filter((upload) => upload.state === "failed").length;
  const words = [running && `${running} running`, failed && `${failed} failed`, `${uploads.length - running - failed} finished`];
  return words.filter(Boolean).join(", ");
}

function UploadList({ workspace, mayUpload, chooseFiles }: { workspace: string; mayUpload: boolean; chooseFiles: () => void }) {
  const uploads = useUploads(workspace);
  if (uploads.isError) return <ErrorState error={uploads.error} onRetry={() => void uploads.refetch()} />;
  if (!uploads.data || uploads.data.results.length === 0) return null;
  const { results, total } = uploads.data;
  return (
    <section aria-label="Uploads" className={styles.section}>
      <header className={styles.heading}>
        <h2>Uploads</h2>
        <span className="quiet">
          {sayCounts(results)}
          {total > results.length && `; the newest ${results.length} of ${total}`}
        </span>
      </header>
      {results.map((upload) => (
        <UploadRow key={upload.id} workspace={workspace} upload={upload} mayUpload={mayUpload} onChooseAnother={chooseFiles} />
      ))}
    </section>
  );
}

function SampleButton({ workspace, mayUpload }: { workspace: string; mayUpload: boolean }) {
  const { sample } = useUploadActions(workspace);
  const hasSample = useWorkspace(workspace).data?.has_sample ?? true;
  if (hasSample) return null;
  return (
    <>
      {sample.isError && <span role="alert">{sample.error.message}</span>}
      <Button onClick={() => sample.mutate()} disabled={!mayUpload || sample.isPending}>
        Load the sample organization
      </Button>
    </>
  );
}

export function UploadsPage() {
  const { workspace = "" } = useParams({ strict: false });
  const me = useMe().data?.workspaces.find((candidate) => candidate.slug === workspace);
  useTitle("Uploads", me?.name ?? workspace);
  const mayUpload = me?.role !== "viewer";
  const sending = useSending(workspace);
  const chooser = useChooser(sending.mutate);
  return (
    <>
      <PageHead
        title="Uploads"
        remark="read-only files; nothing here ever calls AWS"
        actions={
          <>
            <SampleButton workspace={workspace} mayUpload={mayUpload} />
            <Button onClick={chooser.chooseFolder} disabled={!mayUpload}>
              Choose a folder
            </Button>
            <Button look="primary" onClick={chooser.chooseFiles} disabled={!mayUpload}>
              <UploadIcon size={14} />
              Choose files
            </Button>
          </>
        }
      />
      {chooser.inputs}
      <div className={styles.page}>
        <DropArea onFiles={sending.mutate} disabled={!mayUpload}>
          <FileIcon />
          {mayUpload ? (
            <p>
              <strong>Drop files here</strong>{" "}
              <span className="second">account authorization details, organization, credential report, or an archive of them</span>
            </p>
          ) : (
            <p className="second">You may look at this workspace, not upload to it.</p>
          )}
          <span className="spacer" />
          <span className="quiet">Several accounts at once are fine</span>
        </DropArea>
        <Sending sending={sending} />
        <UploadList workspace={workspace} mayUpload={mayUpload} chooseFiles={chooser.chooseFiles} />
        <RevisionsTable workspace={workspace} />
        <details className={styles.how}>
          <summary>How to collect a snapshot</summary>
          <CollectCommand />
          <WhatFilesAdd />
        </details>
      </div>
    </>
  );
}
