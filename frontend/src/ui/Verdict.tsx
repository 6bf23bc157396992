/** Tick, half ring, barred ring, dashed ring with a question mark; always with its word. */
import type { ReactElement } from "react";
import styles from "./Verdict.module.css";
import { classes } from "./classes";

export type VerdictKind = "certain" | "conditional" | "blocked" | "unknown";

const WORDS: Record<VerdictKind, string> = {
  certain: "Allowed",
  conditional: "Allowed if",
  blocked: "Blocked",
  unknown: "Unknown",
};
const CLASSES: Record<VerdictKind, string> = { certain: "yes", conditional: "if", blocked: "no", unknown: "no" };
const ICONS: Record<VerdictKind, ReactElement> = {
  certain: (
    <>
      <circle cx="6" cy="6" r="6" fill="currentColor" />
      <path d="m3.2 6.2 2 2 3.6-4" fill="none" stroke="var(--surface)" strokeWidth="1.5" />
    </>
  ),
  conditional: (
    <>
      <circle cx="6" cy="6" r="5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M6 1a5 5 0 0 1 0 10z" fill="currentColor" />
    </>
  ),
  blocked: (
    <>
      <circle cx="6" cy="6" r="5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="m2.6 9.4 6.8-6.8" stroke="currentColor" strokeWidth="1.5" />
    </>
  ),
  unknown: (
    <>
      <circle cx="6" cy="6" r="5" fill="none" stroke="currentColor" strokeWidth="1.3" strokeDasharray="2.2 1.6" />
      <text x="6" y="6" dy=".36em" textAnchor="middle" fontSize="7.5" fontWeight="600" fill="currentColor">
        ?
      </text>
    </>
  ),
};

export function VerdictIcon({ verdict, size = 12 }: { verdict: VerdictKind; size?: number }) {
  return (
    <svg className={styles[CLASSES[verdict]]} width={size} height={size} viewBox="0 0 12 12" aria-hidden="true">
      {ICONS[verdict]}
    </svg>
  );
}

/** `words` replaces the word: "If MFA" for a conditional edge, say. */
export function Verdict({ verdict, words }: { verdict: VerdictKind; words?: string | undefined }) {
  return (
    <span className={classes(styles.verdict, styles[CLASSES[verdict]])}>
      <VerdictIcon verdict={verdict} />
      <span>{words ?? WORDS[verdict]}</span>
    </span>
  );
}
