/** The layers that decide, in the order they are asked: identity, trust or resource, SCP, RCP, boundary, session. */
import styles from "./VerdictRow.module.css";
import { classes } from "./classes";
import { Verdict, type VerdictKind } from "./Verdict";

export type LayerName = "identity" | "trust" | "resource" | "scp" | "rcp" | "boundary" | "session";
export type LayerVerdict =
  | "allows"
  | "allows-if"
  | "blocks"
  | "none-set"
  | "not-evaluated"
  | "does-not-apply"
  | "unknown";

export interface Layer {
  layer: LayerName;
  verdict: LayerVerdict;
  where: string;
}

const NAMES: Record<LayerName, string> = {
  identity: "Identity policy",
  trust: "Trust policy",
  resource: "Resource policy",
  scp: "SCP",
  rcp: "RCP",
  boundary: "Boundary",
  session: "Session policy",
};
const ORDER = Object.keys(NAMES) as LayerName[];
const VERDICTS: Record<LayerVerdict, { verdict: VerdictKind | null; words: string }> = {
  allows: { verdict: "certain", words: "Allows" },
  "allows-if": { verdict: "conditional", words: "Allows if" },
  blocks: { verdict: "blocked", words: "Blocks" },
  unknown: { verdict: "unknown", words: "Unknown" },
  "not-evaluated": { verdict: "unknown", words: "Not evaluated" },
  "none-set": { verdict: null, words: "None set" },
  "does-not-apply": { verdict: null, words: "Does not apply" },
};
const WEIGHT: LayerVerdict[] = ["blocks", "unknown", "allows-if"];

/** The layer that the answer hangs on: what blocks, else what is not known, else what asks for something. */
function decidingLayer(layers: readonly Layer[]): LayerName | undefined {
  for (const verdict of WEIGHT) {
    const layer = layers.find((candidate) => candidate.verdict === verdict);
    if (layer) return layer.layer;
  }
  return undefined;
}

function Cell({ layer, deciding }: { layer: Layer; deciding: boolean }) {
  const { verdict, words } = VERDICTS[layer.verdict];
  return (
    <li className={classes(styles.cell, deciding && styles.deciding)}>
      <span className={styles.name}>{NAMES[layer.layer]}</span>
      {verdict ? (
        <Verdict verdict={verdict} words={words} />
      ) : (
        <span className={styles.none}>
          <span aria-hidden="true">–</span> {words}
        </span>
      )}
      <span className={styles.where} title={layer.where}>
        {layer.where}
      </span>
    </li>
  );
}

export function VerdictRow({ layers }: { layers: readonly Layer[] }) {
  const deciding = decidingLayer(layers);
  const cells = ORDER.flatMap((name) => layers.filter((layer) => layer.layer === name));
  return (
    <ol className={styles.row} aria-label="What each layer says">
      {cells.map((layer) => (
        <Cell key={layer.layer} layer={layer} deciding={layer.layer === deciding} />
      ))}
    </ol>
  );
}
