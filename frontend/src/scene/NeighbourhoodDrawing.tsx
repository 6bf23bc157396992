/** One step around a node, drawn: who can become it at the left, what it can become at the right. */
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useScope } from "../router/url-state";
import { classes } from "../ui/classes";
import { ErrorState, Loading } from "../ui/states";
import { VerdictIcon } from "../ui/Verdict";
import { Card } from "./Card";
import { levelArrowhead, levelCurve } from "./curves";
import styles from "./drawing.module.css";
import { isWholesale, leadsToAdmin } from "./model";
import type { Certainty } from "./model";
import { SMALL_CARD, layoutNeighbourhood } from "./neighbourhoodLayout";
import type { NeighbourhoodLayout, PlacedCard } from "./neighbourhoodLayout";
import { neighbourhoodQuery } from "./neighbourhoodQuery";
import { plural } from "./text";
import { useMeasure } from "./useMeasure";
import { relationSentence } from "./words";

const WIDTH = 500;
const MOST_HEADS = 5;
const IDENTITIES = new Set<string>(["user", "role", "group"]);

export function NeighbourhoodDrawing({ of }: { of: string }) {
  const around = useQuery(neighbourhoodQuery(useScope(), of));
  if (around.isError) return <ErrorState error={around.error} onRetry={() => void around.refetch()} />;
  if (around.isPending) return <Loading what="the neighbourhood" />;
  const layout = layoutNeighbourhood(around.data, WIDTH);
  if (layout.cards.length === 0) return <p className="quiet">Nobody can become it, and it can become nobody.</p>;
  return <Drawing layout={layout} />;
}

function Drawing({ layout }: { layout: NeighbourhoodLayout }) {
  const ins = layout.cards.filter((card) => card.side === "in");
  const outs = layout.cards.filter((card) => card.side === "out");
  const name = layout.centre?.title ?? "";
  const summary = `${name} with ${plural(ins.length, "card")} of who can become it and ${plural(outs.length, "card")} of what it can become`;
  return (
    <figure className={styles.figure}>
      <svg
        className={styles.svg}
        viewBox={`0 0 ${layout.width} ${layout.height + 8}`}
        style={{ width: "100%", maxWidth: layout.width }}
        role="group"
        aria-label={summary}
      >
        <Lines cards={ins} layout={layout} />
        <Lines cards={outs} layout={layout} />
        <Cards layout={layout} />
      </svg>
      <figcaption className="visually-hidden">
        <ul>
          {layout.cards.map((card) => (
            <li key={card.side + card.id}>{card.relation ? relationSentence(card.relation) : `${card.title}: ${card.second}`}</li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}

function Lines({ cards, layout }: { cards: PlacedCard[]; layout: NeighbourhoodLayout }) {
  const { centre } = layout;
  if (!centre) return null;
  // Many arrowheads side by side would be a bar: then the lines meet in one.
  const step = cards.length > MOST_HEADS ? 0 : 7;
  return cards.map((card, index) => {
    const offset = (index - (cards.length - 1) / 2) * step;
    return <Line key={card.side + card.id} card={card} centre={centre} offset={offset} width={layout.card.width} />;
  });
}

interface LineProps {
  card: PlacedCard;
  centre: PlacedCard;
  /** Of the line's end on the centre, from its middle. */
  offset: number;
  width: number;
}

function Line({ card, centre, offset, width }: LineProps) {
  const { from, tip, outer } = endsOf(card, centre, offset, width);
  const { relation } = card;
  const admin = relation !== null && card.side === "out" && leadsToAdmin(relation);
  const path = levelCurve([from, { x: tip.x - 8, y: tip.y }]);
  const line = classes(styles.line, relation?.cross_account && styles.cross, admin && styles.toAdmin);
  const double = relation !== null && isWholesale(relation.source);
  return (
    <g aria-hidden="true">
      <path d={path} className={line} style={double ? { strokeWidth: 4 } : undefined} />
      {double && <path d={path} className={styles.core} />}
      <path d={levelArrowhead(from, tip)} className={classes(styles.head, admin && styles.headToAdmin)} />
      {relation && <Doubt certainty={relation.certainty} x={outer.x + (card.side === "in" ? 8 : -26)} y={outer.y - 16} />}
    </g>
  );
}

/** "Allowed" is the rule and not drawn; what is conditional or unknown shows its icon. */
function Doubt({ certainty, x, y }: { certainty: Certainty; x: number; y: number }) {
  if (certainty === "certain") return null;
  return (
    <g transform={`translate(${x} ${y})`}>
      <VerdictIcon verdict={certainty} />
    </g>
  );
}

function endsOf(card: PlacedCard, centre: PlacedCard, offset: number, width: number) {
  const half = SMALL_CARD.height / 2;
  const inwards = card.side === "in";
  const outer = { x: inwards ? card.x + width : card.x, y: card.y + half };
  const inner = { x: inwards ? centre.x : centre.x + width, y: centre.y + half + offset };
  return inwards ? { from: outer, tip: inner, outer } : { from: inner, tip: outer, outer };
}

function Cards({ layout }: { layout: NeighbourhoodLayout }) {
  const measure = { title: useMeasure(12, 500), second: useMeasure(11) };
  const open = useOpenNode();
  const cards = layout.centre ? [layout.centre, ...layout.cards] : layout.cards;
  return cards.map((card) => (
    <Card
      key={card.side + card.id}
      node={card.node}
      title={card.title}
      second={card.second}
      x={card.x}
      y={card.y}
      {...layout.card}
      look={lookOf(card)}
      stacked={card.node === null}
      measure={measure}
      onClick={card.side === "center" ? undefined : open(card)}
    />
  ));
}

function lookOf(card: PlacedCard): "plain" | "centre" | "target" {
  if (card.side === "center") return "centre";
  return card.side === "out" && card.node !== null && card.node.admin === "certain" ? "target" : "plain";
}

/** Identities have pages; other nodes are opened on the map. */
function useOpenNode(): (card: PlacedCard) => (() => void) | undefined {
  const scope = useScope();
  const navigate = useNavigate();
  return ({ node }) => {
    if (node === null) return undefined;
    if (!IDENTITIES.has(node.kind)) {
      return () => void navigate({ to: "/w/$workspace/r/$revision/map", params: scope, search: { sel: node.id } });
    }
    return () => void navigate({ to: "/w/$workspace/r/$revision/identities/$key", params: { ...scope, key: node.key } });
  };
}
