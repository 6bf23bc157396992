/** One facet: its values with counts. Click finds; Alt-click hides, where hiding is possible. */
import type { ReactNode } from "react";
import styles from "./Facet.module.css";
import { classes } from "./classes";

export interface FacetValue {
  value: string;
  label: string;
  count: number;
  mark?: ReactNode;
  hidden?: boolean;
}

export function Facet({
  name,
  values,
  chosen,
  onChoose,
  onHide,
  children,
}: {
  name: string;
  values: readonly FacetValue[];
  chosen: readonly string[];
  onChoose: (value: string) => void;
  onHide?: (value: string) => void;
  children?: ReactNode;
}) {
  if (values.length === 0) return null;
  return (
    <section className={styles.facet} aria-label={name}>
      <h2 className={styles.name}>{name}</h2>
      <ul>
        {values.map((item) => (
          <li key={item.value}>
            <button
              type="button"
              className={classes(styles.value, item.hidden && styles.hidden)}
              aria-pressed={chosen.includes(item.value)}
              title={item.label}
              onClick={(event) => (event.altKey && onHide ? onHide(item.value) : onChoose(item.value))}
            >
              {item.mark}
              <span className={styles.label}>{item.label}</span>
              <span className={styles.count}>
                {item.count.toLocaleString("en")}
                {item.hidden && " hidden"}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {children}
    </section>
  );
}
