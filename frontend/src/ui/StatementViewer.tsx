/** A policy document with the line numbers of the whole document; deciding lines are marked and say why. */
import { useEffect, useRef } from "react";
import styles from "./StatementViewer.module.css";
import { classes } from "./classes";
import { tokenize } from "./json";

export interface Highlight {
  first_line: number;
  last_line: number;
  note?: string | null;
}

const highlightAt = (highlights: readonly Highlight[], line: number) =>
  highlights.find((highlight) => line >= highlight.first_line && line <= highlight.last_line);

export function StatementViewer({
  text,
  label,
  highlights = [],
  firstLine = 1,
  lastLine = Infinity,
  follow = false,
}: {
  text: string;
  label: string;
  highlights?: readonly Highlight[];
  firstLine?: number;
  lastLine?: number;
  /** Scrolls the first marked line into view, when marks change. */
  follow?: boolean;
}) {
  const marked = useRef<HTMLLIElement>(null);
  const first = highlights[0]?.first_line;
  useEffect(() => {
    if (follow && first !== undefined) marked.current?.scrollIntoView({ block: "center" });
  }, [follow, first, text]);
  const lines = text.split("\n").map((content, index) => ({ content, number: index + 1 }));
  const shown = lines.filter(({ number }) => number >= firstLine && number <= lastLine);
  return (
    // A region that scrolls has to be reachable by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- axe: scrollable-region-focusable
    <div className={styles.viewer} role="region" aria-label={label} tabIndex={0}>
      <ol className={styles.lines}>
        {shown.map(({ content, number }) => {
          const highlight = highlightAt(highlights, number);
          return (
            <li
              key={number}
              ref={number === first ? marked : undefined}
              className={classes(styles.line, highlight && styles.marked)}
            >
              <span className={styles.number}>{number}</span>
              <code className={styles.code}>
                {tokenize(content).map((token, index) =>
                  token.isKey ? (
                    <span key={index} className={styles.key}>
                      {token.text}
                    </span>
                  ) : (
                    token.text
                  ),
                )}
              </code>
              {highlight?.note && number === highlight.first_line && <span className={styles.note}>{highlight.note}</span>}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
