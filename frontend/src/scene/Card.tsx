/** A node card of a drawing: mark, name, and where it lives; a fold is a stack of them. */
import { classes } from "../ui/classes";
import { kindOf } from "../ui/kinds";
import { KindMark } from "../ui/KindMark";
import styles from "./drawing.module.css";
import type { NodeRef } from "./model";
import { fitMiddle } from "./text";
import type { Measure } from "./text";

export type CardLook = "plain" | "chosen" | "target" | "centre";

interface Props {
  /** Whose mark it bears; null for a fold of unlike nodes. */
  node: Pick<NodeRef, "kind" | "admin"> | null;
  title: string;
  second: string;
  /** The left upper corner. */
  x: number;
  y: number;
  width: number;
  height: number;
  look?: CardLook;
  stacked?: boolean;
  onClick?: (() => void) | undefined;
  measure: { title: Measure; second: Measure };
  label?: string;
}

const TEXT_LEFT = 33;

export function Card({ node, title, second, x, y, width, height, look = "plain", stacked, onClick, measure, label }: Props) {
  const room = width - TEXT_LEFT - 5;
  const name = label ?? [title, node && kindOf(node.kind, node.admin), second].filter(Boolean).join(", ");
  const press = onClick && {
    onClick,
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      onClick();
    },
  };
  return (
    <g
      transform={`translate(${x} ${y})`}
      className={classes(styles.card, styles[look], onClick && styles.clickable)}
      role={onClick ? "button" : "img"}
      tabIndex={onClick ? 0 : undefined}
      aria-label={name}
      {...press}
    >
      <title>{`${title}\n${second}`}</title>
      {stacked && (
        <>
          <rect x={6} y={6} width={width} height={height} rx={4} className={styles.box} />
          <rect x={3} y={3} width={width} height={height} rx={4} className={styles.box} />
        </>
      )}
      <rect width={width} height={height} rx={4} className={styles.box} />
      {node && (
        <g transform={`translate(10 ${height / 2 - 8})`}>
          <KindMark kind={node.kind} admin={node.admin} size={16} decorative />
        </g>
      )}
      <text x={node ? TEXT_LEFT : 12} y={height / 2 - 3} className={styles.name}>
        {fitMiddle(title, room, measure.title)}
      </text>
      <text x={node ? TEXT_LEFT : 12} y={height / 2 + 11} className={styles.second}>
        {fitMiddle(second, room, measure.second)}
      </text>
    </g>
  );
}
