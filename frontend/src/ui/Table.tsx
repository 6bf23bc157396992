/** Column heads, hairlines, numbers to the right. Cells are plain td. */
import type { ReactNode, TableHTMLAttributes } from "react";
import styles from "./Table.module.css";
import { classes } from "./classes";

export interface Column {
  name: string;
  /** Numbers stand to the right, under their head. */
  numeric?: boolean;
  width?: string;
  /** Gives way on narrow screens; its cells need the class "wide-only". */
  wideOnly?: boolean;
  /** The head is read out, not shown: for a column of buttons. */
  hidden?: boolean;
  /** With `onSort`, the head becomes a button. */
  sorted?: "ascending" | "descending" | undefined;
  onSort?: (() => void) | undefined;
}

export interface TableProps extends TableHTMLAttributes<HTMLTableElement> {
  caption: string;
  columns: readonly Column[];
  children: ReactNode;
  dense?: boolean;
  /** Cells are sentences: they wrap. */
  wrapped?: boolean;
  /** Column heads stay at the top while the rows scroll. */
  sticky?: boolean;
}

const GLYPH = { ascending: "↑", descending: "↓" } as const;

function Head({ column }: { column: Column }) {
  if (column.hidden) return <span className="visually-hidden">{column.name}</span>;
  if (!column.onSort) return column.name;
  return (
    <button type="button" className={styles.sort} onClick={column.onSort}>
      {column.name}
      {column.sorted && <span aria-hidden="true"> {GLYPH[column.sorted]}</span>}
    </button>
  );
}

export function Table({ caption, columns, children, dense, wrapped, sticky, className, ...rest }: TableProps) {
  return (
    <table className={classes(styles.table, dense && styles.dense, wrapped && styles.wrapped, sticky && styles.sticky, className)} {...rest}>
      <caption className="visually-hidden">{caption}</caption>
      <colgroup>
        {columns.map((column) => (
          <col key={column.name} className={column.wideOnly ? "wide-only" : undefined} style={column.width ? { width: column.width } : undefined} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.name} scope="col" aria-sort={column.sorted} className={classes(column.numeric && styles.numeric, column.wideOnly && "wide-only")}>
              <Head column={column} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

/** A cell whose number stands to the right. */
export function NumberCell({ children }: { children: ReactNode }) {
  return <td className={styles.numeric}>{children}</td>;
}

/** Rows while the answer is on its way: bars, no shimmer. */
export function LoadingRows({ columns, rows = 6 }: { columns: number; rows?: number }) {
  return Array.from({ length: rows }, (_, row) => (
    <tr key={row} aria-hidden="true">
      {Array.from({ length: columns }, (_, cell) => (
        <td key={cell}>
          <span className={styles.bar} />
        </td>
      ))}
    </tr>
  ));
}
