/** Empty, failed, and on its way. */
import { useEffect, useState, type ReactNode } from "react";
import styles from "./states.module.css";
import { Button } from "./Button";

export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles.state}>
      <h2 className={styles.title}>{title}</h2>
      {children && <div className={styles.body}>{children}</div>}
    </div>
  );
}

/** What happened, and how to go on. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const message = error instanceof Error ? error.message : "Something went wrong that the server did not explain.";
  return (
    <div className={styles.state} role="alert">
      <h2 className={styles.title}>This could not be shown</h2>
      <div className={styles.body}>
        <p>{message}</p>
        {onRetry && <Button onClick={onRetry}>Try again</Button>}
      </div>
    </div>
  );
}

/** True once `milliseconds` have passed. */
function usePassed(milliseconds: number): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPassed(true), milliseconds);
    return () => clearTimeout(timer);
  }, [milliseconds]);
  return passed;
}

/** Nothing before 300 ms: a quick answer should not flicker. */
export function Loading({ what, children }: { what: string; children?: ReactNode }) {
  const shown = usePassed(300);
  if (!shown) return null;
  return (
    <div className={styles.loading} role="status">
      {children ?? <p>Reading {what}…</p>}
    </div>
  );
}

/** A 2-px bar under the tool bar while rows that are already there are read again. */
export function Refreshing({ active }: { active: boolean }) {
  return <div className={styles.refreshing} data-active={active || undefined} aria-hidden="true" />;
}
