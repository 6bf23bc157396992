/** Where files are dropped or chosen: many, a folder, an archive. */
import { useRef, useState, type DragEvent, type ReactNode, type RefObject } from "react";
import { classes } from "../ui/classes";
import styles from "./DropArea.module.css";
import { readChosen, readDrop, type FileToSend } from "./files";

/** Two hidden inputs: a browser's chooser opens either files or a folder. */
export function useChooser(onFiles: (files: FileToSend[]) => void) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const input = (ref: RefObject<HTMLInputElement | null>, name: string, extra: object) => (
    <input
      ref={ref}
      type="file"
      multiple
      hidden
      aria-label={name}
      {...extra}
      onChange={(event) => {
        const chosen = readChosen(event.currentTarget.files);
        event.currentTarget.value = "";
        if (chosen.length > 0) onFiles(chosen);
      }}
    />
  );
  return {
    inputs: (
      <>
        {input(files, "Files to upload", {})}
        {input(folder, "Folder to upload", { webkitdirectory: "" })}
      </>
    ),
    chooseFiles: () => files.current?.click(),
    chooseFolder: () => folder.current?.click(),
  };
}

export function DropArea({
  onFiles,
  disabled = false,
  large = false,
  children,
}: {
  onFiles: (files: FileToSend[]) => void;
  disabled?: boolean;
  large?: boolean;
  children: ReactNode;
}) {
  const [over, setOver] = useState(false);
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (disabled) return;
    void readDrop(event.dataTransfer).then((files) => files.length > 0 && onFiles(files));
  };
  const onDragOver = (event: DragEvent) => {
    event.preventDefault();
    if (!disabled) setOver(true);
  };
  return (
    // Dropping is the mouse's way; the buttons inside are everybody's.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a place to drop on is not a control
    <section
      aria-label="Drop files"
      className={classes(styles.area, large && styles.large, over && styles.over)}
      onDragOver={onDragOver}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      {children}
    </section>
  );
}
