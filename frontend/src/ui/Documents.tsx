/** Policy documents side by side, each under its title, with the lines that decide. */
import type { ReactNode } from "react";
import { CopyButton } from "./CopyButton";
import styles from "./Documents.module.css";
import { groundLines } from "./groundLines";
import { StatementViewer, type Highlight } from "./StatementViewer";

export function DocumentColumns({ children }: { children: ReactNode }) {
  return (
    <div className={styles.frame}>
      <div className={styles.columns}>{children}</div>
    </div>
  );
}

interface ColumnProps {
  title: string;
  /** What the document is, after its title. */
  words: string;
  name: string;
  arn: string | null;
  text: string;
  highlights: readonly Highlight[];
}

export function DocumentColumn({ title, words, name, arn, text, highlights }: ColumnProps) {
  return (
    <section className={styles.column} aria-label={title}>
      <header className={styles.title}>
        <div className={styles.words}>
          <h3>{title}</h3>
          <span className="small second" title={arn ?? undefined}>
            {words}
          </span>
        </div>
        <CopyButton text={text} what={`policy ${name}`} />
      </header>
      <StatementViewer text={text} label={`${title}: ${name}`} highlights={highlights} {...groundLines(text, highlights)} />
    </section>
  );
}
