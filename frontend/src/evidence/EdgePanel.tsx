/** Why one node can become another, or why not: verdict, layers, both statements, conditions, what is missing. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Edge } from "../api/types";
import { NodeLink } from "../router/links";
import { useScope } from "../router/url-state";
import type { NodeRef, Relation } from "../scene/model";
import { placeOf } from "../scene/model";
import { callWord, verdictSentence, whyInWords } from "../scene/words";
import { Button } from "../ui/Button";
import { Detail, DetailLines, Details } from "../ui/Details";
import { CrossIcon } from "../ui/icons";
import { KindMark } from "../ui/KindMark";
import { ErrorState, Loading } from "../ui/states";
import { Verdict } from "../ui/Verdict";
import { VerdictRow } from "../ui/VerdictRow";
import { BlockedBy } from "./BlockedBy";
import { ConditionList } from "./ConditionList";
import { Documents } from "./Documents";
import styles from "./EdgePanel.module.css";
import { edgeQuery } from "./evidenceQuery";

interface Props {
  source: string;
  target: string;
  onClose?: (() => void) | undefined;
  /** Stands at the right of the title: "edge 3 of 3", say. */
  actions?: ReactNode;
}

export function EdgePanel({ source, target, onClose, actions }: Props) {
  const scope = useScope();
  const edge = useQuery(edgeQuery(scope, source, target));
  if (edge.isError) return <ErrorState error={edge.error} onRetry={() => void edge.refetch()} />;
  if (edge.isPending) return <Loading what="the evidence" />;
  return <Evidence edge={edge.data} actions={actions} onClose={onClose} />;
}

function Evidence({ edge, actions, onClose }: { edge: Edge; actions: ReactNode; onClose: (() => void) | undefined }) {
  const shown = edge.relations[0] ?? edge.blocked[0];
  if (!shown) {
    return (
      <section className={styles.panel} aria-label="Evidence">
        <header className={styles.title}>
          <h2>No relation</h2>
          <span className="spacer" />
          <CloseButton onClose={onClose} />
        </header>
        <p className={styles.plain}>Neither a statement that allows it nor one that blocks it was found: nothing in this revision connects the two.</p>
      </section>
    );
  }
  return (
    <section className={styles.panel} aria-label={`Evidence: ${shown.source.name} to ${shown.target.name}`}>
      <header className={styles.title}>
        <Ends source={shown.source} target={shown.target} />
        <span className="spacer" />
        {actions}
        <CloseButton onClose={onClose} />
      </header>
      {edge.relations.map((relation) => (
        <RelationSummary key={`${relation.kind} ${relation.through?.id ?? ""}`} relation={relation} />
      ))}
      {edge.blocked.map((relation, index) => (
        <BlockedBy key={`${relation.kind} ${index}`} relation={relation} />
      ))}
      {edge.layers.length > 0 && <VerdictRow layers={edge.layers} />}
      <Documents documents={edge.documents} source={shown.source} target={shown.target} />
      <Needs edge={edge} />
    </section>
  );
}

function CloseButton({ onClose }: { onClose: (() => void) | undefined }) {
  if (!onClose) return null;
  return (
    <Button look="icon" small onClick={onClose} aria-label="Close evidence">
      <CrossIcon size={14} />
    </Button>
  );
}

function Ends({ source, target }: { source: NodeRef; target: NodeRef }) {
  return (
    <h2 className={styles.ends}>
      <End node={source} />
      <span aria-label="to" role="img" className={styles.arrow}>
        →
      </span>
      <End node={target} />
    </h2>
  );
}

function End({ node }: { node: NodeRef }) {
  return (
    <span className={styles.end} title={`${node.id}\n${placeOf(node)}`}>
      <KindMark kind={node.kind} admin={node.admin} />
      <NodeLink node={node} className={styles.name ?? ""} />
    </span>
  );
}

function RelationSummary({ relation }: { relation: Relation }) {
  return (
    <div className={styles.summary}>
      <p className={styles.verdict}>
        <code className={styles.call}>{callWord(relation)}</code>
        <Verdict verdict={relation.certainty} words={verdictSentence(relation)} />
      </p>
      <p className={styles.why}>{whyInWords(relation)}</p>
      {relation.through && (
        <p className={styles.why}>
          Both sides meet in a pattern, which holds for others too: {relation.through.name}.
        </p>
      )}
    </div>
  );
}

function Needs({ edge }: { edge: Edge }) {
  const conditions = edge.relations.flatMap((relation) => relation.conditions);
  const blocking = edge.blocked.flatMap((relation) => relation.conditions);
  const missing = [...new Set([...edge.relations, ...edge.blocked].flatMap((relation) => relation.reasons))];
  if (conditions.length + blocking.length + missing.length === 0 && edge.relations.length === 0) return null;
  return (
    <Details>
      <Detail name="Conditions">
        <ConditionList conditions={conditions.length > 0 ? conditions : blocking} />
      </Detail>
      <DetailLines name="What is missing" lines={missing} />
    </Details>
  );
}

