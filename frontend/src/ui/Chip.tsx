/** A chip is a filter that can be taken off; a badge is a fact. */
import type { ReactNode } from "react";
import styles from "./Chip.module.css";
import { CrossIcon } from "./icons";

export function Chip({ name, value, onRemove }: { name: string; value: string; onRemove: () => void }) {
  return (
    <span className={styles.chip}>
      <span className={styles.key}>{name}</span>
      <span className={styles.value}>{value}</span>
      <button type="button" className={styles.remove} onClick={onRemove} aria-label={`Remove filter ${name} ${value}`}>
        <CrossIcon size={10} />
      </button>
    </span>
  );
}

export function Badge({ children, title }: { children: ReactNode; title?: string }) {
  return (
    <span className={styles.badge} title={title}>
      {children}
    </span>
  );
}
