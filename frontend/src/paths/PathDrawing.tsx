/** All paths as one layered drawing; the chosen one stands out, its current edge in the accent. */
import type { Ref } from "react";
import { Card } from "../scene/Card";
import type { CardLook } from "../scene/Card";
import { levelArrowhead, levelCurve } from "../scene/curves";
import styles from "../scene/drawing.module.css";
import { isWholesale, placeOf } from "../scene/model";
import { strongest } from "../scene/labels";
import { plural } from "../scene/text";
import type { NodeRef } from "../scene/model";
import type { Measure } from "../scene/text";
import { displayName, relationSentence } from "../scene/words";
import { classes } from "../ui/classes";
import { kindWord } from "../ui/kinds";
import { VerdictIcon } from "../ui/Verdict";
import { CARD } from "./layout";
import type { Drawing, PlacedEdge, PlacedNode } from "./layout";

export interface Traced {
  nodes: Set<string>;
  edges: Set<string>;
  current: string;
  /** Where all paths end. */
  end: string;
}

interface Props {
  drawing: Drawing;
  traced: Traced;
  measure: { title: Measure; second: Measure };
  onChooseEdge: (edge: PlacedEdge) => void;
  onOpenFold: (id: string) => void;
  summary: string;
  ref: Ref<SVGSVGElement>;
}

export function PathDrawing({ drawing, traced, measure, onChooseEdge, onOpenFold, summary, ref }: Props) {
  const { width, height } = drawing;
  const lastToFirst = [...drawing.edges].sort((a, b) => weight(a, traced) - weight(b, traced));
  return (
    <svg ref={ref} className={styles.svg} width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={summary}>
      {drawing.columns.map((column) => (
        <text key={column.x} x={column.x} y={20} className={styles.column}>
          {column.title}
        </text>
      ))}
      {lastToFirst.map((edge) => (
        <Line key={edge.key} edge={edge} look={lookOf(edge, traced)} />
      ))}
      {drawing.nodes.map((placed) => (
        <NodeCard key={placed.node.id} placed={placed} traced={traced} measure={measure} onOpenFold={onOpenFold} />
      ))}
      {lastToFirst.map((edge) => (
        <EdgeLabel key={edge.key} edge={edge} look={lookOf(edge, traced)} onChoose={() => onChooseEdge(edge)} />
      ))}
    </svg>
  );
}

type LineLook = "rest" | "path" | "current";

function lookOf(edge: PlacedEdge, traced: Traced): LineLook {
  if (edge.key === traced.current) return "current";
  return traced.edges.has(edge.key) ? "path" : "rest";
}

function weight(edge: PlacedEdge, traced: Traced): number {
  return ["rest", "path", "current"].indexOf(lookOf(edge, traced));
}

function Line({ edge, look }: { edge: PlacedEdge; look: LineLook }) {
  const relation = strongest(edge.edge.relations);
  if (!relation) return null;
  const path = levelCurve(edge.points);
  const double = isWholesale(relation.source);
  const before = edge.points.at(-1) ?? edge.tip;
  const line = classes(styles.line, relation.cross_account && styles.cross, LINE_LOOKS[look]);
  return (
    <g aria-hidden="true">
      <path d={path} className={line} style={double ? { strokeWidth: 4 } : undefined} />
      {double && <path d={path} className={styles.core} />}
      <path d={levelArrowhead(before, edge.tip)} className={classes(styles.head, HEAD_LOOKS[look])} />
    </g>
  );
}

const LINE_LOOKS: Record<LineLook, string | undefined> = { rest: "", path: styles.onPath, current: styles.current };
const HEAD_LOOKS: Record<LineLook, string | undefined> = { rest: "", path: styles.headOnPath, current: styles.headCurrent };

interface LabelProps {
  edge: PlacedEdge;
  look: LineLook;
  onChoose: () => void;
}

function EdgeLabel({ edge, look, onChoose }: LabelProps) {
  const { x, y, text } = edge.label;
  const left = x - text.width / 2;
  const top = y - text.height / 2;
  return (
    <g
      className={styles.label}
      role="button"
      tabIndex={0}
      aria-pressed={look === "current"}
      aria-label={edge.edge.relations.map(relationSentence).join("; ")}
      onClick={onChoose}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        onChoose();
      }}
    >
      <path d={levelCurve(edge.points)} className={styles.hit} />
      <rect
        x={left}
        y={top}
        width={text.width}
        height={text.height}
        rx={3}
        className={classes(styles.plate, look === "path" && styles.plateOnPath, look === "current" && styles.plateCurrent)}
      />
      <g transform={`translate(${left + 5} ${y - 5.5})`}>
        <VerdictIcon verdict={text.certainty} size={11} />
      </g>
      {text.lines.map((line, index) => (
        <text key={index} x={left + 20} y={top + 13 + index * 13} className={classes(styles.words, look !== "rest" && styles.wordsOnPath)}>
          {line}
        </text>
      ))}
    </g>
  );
}

interface NodeCardProps {
  placed: PlacedNode;
  traced: Traced;
  measure: Props["measure"];
  onOpenFold: (id: string) => void;
}

function NodeCard({ placed, traced, measure, onOpenFold }: NodeCardProps) {
  const { node, x, y } = placed;
  const [member] = node.members;
  if (!member) return null;
  const place = { x: x - CARD.width / 2, y: y - CARD.height / 2, ...CARD };
  if (node.folded) {
    return (
      <Card
        {...place}
        node={member}
        title={`${node.members.length.toLocaleString("en")} more like this`}
        second={foldWords(node.members)}
        stacked
        look={traced.nodes.has(node.id) ? "chosen" : "plain"}
        measure={measure}
        onClick={() => onOpenFold(node.id)}
        label={`${node.members.length} more like this: show them`}
      />
    );
  }
  return <Card {...place} node={member} title={displayName(member)} second={placeOf(member)} look={cardLook(placed, traced)} measure={measure} />;
}

function foldWords(members: readonly NodeRef[]): string {
  const places = new Set(members.map(placeOf));
  const [first] = members;
  const kinds = plural(members.length, first ? kindWord(first.kind).toLowerCase() : "node");
  return `${kinds}, ${places.size === 1 ? [...places].join("") : plural(places.size, "account")}`;
}

/** The star says who is admin; the border is kept for the path and for where it ends. */
function cardLook({ node }: PlacedNode, traced: Traced): CardLook {
  if (node.id === traced.end && node.members[0]?.admin === "certain") return "target";
  return traced.nodes.has(node.id) ? "chosen" : "plain";
}
