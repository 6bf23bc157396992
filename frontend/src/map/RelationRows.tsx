/** Relations as rows: who, where, and the verdict; a click shows the evidence. */
import type { NodeRef, Relation } from "../scene/model";
import { placeOf, relationId } from "../scene/model";
import { displayName, labelWord, verdictInWords } from "../scene/words";
import { KindMark } from "../ui/KindMark";
import { Verdict } from "../ui/Verdict";
import styles from "./MapPage.module.css";
import type { MapState } from "./useMapState";

interface Props {
  relations: readonly Relation[];
  /** Which end of each relation is named. */
  end: "source" | "target";
  state: MapState;
}

export function RelationRows({ relations, end, state }: Props) {
  return (
    <ul className={styles.relations}>
      {relations.map((relation) => (
        <li key={relationId(relation)}>
          <RelationRow relation={relation} node={relation[end]} state={state} />
        </li>
      ))}
    </ul>
  );
}

function RelationRow({ relation, node, state }: { relation: Relation; node: NodeRef; state: MapState }) {
  const step = relation.kind === "can-assume" ? "" : `, ${labelWord(relation.kind)}`;
  return (
    <button type="button" className={styles.relation} onClick={() => state.showEdge(relation.source.id, relation.target.id)}>
      <KindMark kind={node.kind} admin={node.admin} />
      <span className={styles.relationWords}>
        <span className={styles.relationName} title={node.id}>
          {displayName(node)}
        </span>
        <span className={styles.relationPlace}>
          {placeOf(node)}
          {step}
        </span>
      </span>
      <span className={styles.relationVerdict}>
        <Verdict verdict={relation.certainty} words={verdictInWords(relation)} />
      </span>
    </button>
  );
}
