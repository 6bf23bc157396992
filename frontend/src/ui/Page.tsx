/** The head of a page: title, a quiet remark, actions at the right. */
import type { ReactNode } from "react";
import styles from "./Page.module.css";

export function PageHead({ title, remark, actions }: { title: ReactNode; remark?: ReactNode; actions?: ReactNode }) {
  return (
    <header className={styles.head}>
      <h1>{title}</h1>
      {remark && <span className={styles.remark}>{remark}</span>}
      <span className="spacer" />
      {actions && <div className="row">{actions}</div>}
    </header>
  );
}

/** A part of a page under a hairline that runs edge to edge. */
export function Block({ title, remark, actions, children }: { title: string; remark?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.block} aria-label={title}>
      <header className={styles.heading}>
        <h2>{title}</h2>
        {remark !== undefined && <span className={styles.remark}>{remark}</span>}
        <span className="spacer" />
        {actions}
      </header>
      {children}
    </section>
  );
}
