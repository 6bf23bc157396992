/** What there is to say beyond verdict and documents: each thing under its name, as lines. */
import type { ReactNode } from "react";
import styles from "./Details.module.css";

export function Details({ children }: { children: ReactNode }) {
  return <dl className={styles.details}>{children}</dl>;
}

export function Detail({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** One line for each; the whole detail is left out where there is none. */
export function DetailLines({ name, lines }: { name: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <Detail name={name}>
      <LineList>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </LineList>
    </Detail>
  );
}

export function LineList({ children }: { children: ReactNode }) {
  return <ul className={styles.lines}>{children}</ul>;
}
