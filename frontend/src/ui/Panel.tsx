/** A panel at the side of a page, and the sections inside panels and pages. */
import type { ReactNode } from "react";
import styles from "./Panel.module.css";
import { Button } from "./Button";
import { CrossIcon } from "./icons";

export function Panel({
  title,
  mark,
  onClose,
  children,
}: {
  title: string;
  mark?: ReactNode;
  onClose?: () => void;
  children: ReactNode;
}) {
  return (
    <aside className={styles.panel} aria-label={title}>
      <header className={styles.header}>
        {mark}
        <h2 className={styles.title} title={title}>
          {title}
        </h2>
        {onClose && (
          <Button look="icon" onClick={onClose} aria-label="Close panel">
            <CrossIcon size={14} />
          </Button>
        )}
      </header>
      {children}
    </aside>
  );
}

/** A section: heading, a quiet remark, actions at the right, a hairline above. */
export function Section({
  title,
  remark,
  actions,
  children,
  bare = false,
}: {
  title: string;
  remark?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  bare?: boolean;
}) {
  return (
    <section className={bare ? styles.bare : styles.section} aria-label={title}>
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

/** Facts in two columns, or in a strip. */
export function Facts({ facts, strip = false }: { facts: readonly (readonly [string, ReactNode])[]; strip?: boolean }) {
  return (
    <dl className={strip ? styles.strip : styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name} className={styles.fact}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
