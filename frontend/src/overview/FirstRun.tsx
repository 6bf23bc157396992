/** Nothing has been read yet: what to do first. */
import { useWorkspace } from "../api/queries";
import { useTitle } from "../router/title";
import { CollectCommand, WhatFilesAdd } from "../snapshots/Collect";
import { DropArea, useChooser } from "../snapshots/DropArea";
import { useSending, useUploadActions, useUploads } from "../snapshots/queries";
import { Sending, UploadRow } from "../snapshots/UploadRow";
import { Button } from "../ui/Button";
import { FrameIcon, UploadIcon } from "../ui/icons";
import styles from "./FirstRun.module.css";

export function FirstRun({ workspace }: { workspace: string }) {
  useTitle("Nothing has been read yet");
  const mayUpload = useWorkspace(workspace).data?.role !== "viewer";
  const uploads = useUploads(workspace);
  const sending = useSending(workspace);
  const { sample } = useUploadActions(workspace);
  const chooser = useChooser(sending.mutate);
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>Nothing has been read yet</h1>
      <p className="second">
        Give iamviz one file from one account, and who can become whom appears in a few seconds.
        <br />
        Add more accounts whenever you like.
      </p>
      {!mayUpload && <p className={styles.viewer}>You may look at this workspace, not upload to it. Ask its owner for a snapshot.</p>}
      <div className={styles.ways}>
        <DropArea onFiles={sending.mutate} disabled={!mayUpload} large>
          <h2 className={styles.way}>
            <UploadIcon />
            Drop a snapshot here
          </h2>
          <p className="second">JSON, CSV, or an archive of them; many files or a whole folder at once. It stays in this workspace.</p>
          <div className="row">
            <Button look="primary" onClick={chooser.chooseFiles} disabled={!mayUpload}>
              Choose files
            </Button>
            <Button onClick={chooser.chooseFolder} disabled={!mayUpload}>
              Choose a folder
            </Button>
          </div>
          {chooser.inputs}
        </DropArea>
        <section className={styles.sample} aria-label="Look around first">
          <h2 className={styles.way}>
            <FrameIcon />
            Look around first
          </h2>
          <p className="second">A sample organization of invented accounts, with a few mistakes to find.</p>
          <Button onClick={() => sample.mutate()} disabled={!mayUpload || sample.isPending}>
            Load the sample organization
          </Button>
          {sample.isError && (
            <p role="alert" className={styles.error}>
              {sample.error.message}
            </p>
          )}
        </section>
      </div>
      <Sending sending={sending} />
      {uploads.data?.results.map((upload) => (
        <UploadRow key={upload.id} workspace={workspace} upload={upload} mayUpload={mayUpload} onChooseAnother={chooser.chooseFiles} />
      ))}
      <CollectCommand />
      <WhatFilesAdd />
    </div>
  );
}
