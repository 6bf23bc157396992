/** Somebody who is not in the snapshot: an outside account, a provider, a service, anyone; and what it can become. */
import { Link } from "@tanstack/react-router";
import { useScope } from "../router/url-state";
import type { NodeRef, Relation } from "../scene/model";
import type { Neighbourhood } from "../scene/neighbourhoodLayout";
import { buttonClass } from "../ui/Button";
import { CopyButton } from "../ui/CopyButton";
import { KindMark } from "../ui/KindMark";
import { kindWord } from "../ui/kinds";
import { Facts, Panel, Section } from "../ui/Panel";
import styles from "./MapPage.module.css";
import { RelationRows } from "./RelationRows";
import type { MapState } from "./useMapState";

export function OutsidePanel({ node, around, state }: { node: NodeRef; around: Neighbourhood; state: MapState }) {
  const scope = useScope();
  const into = around.edges.filter((edge) => edge.target.id === node.id);
  const outOf = around.edges.filter((edge) => edge.source.id === node.id);
  const facts: [string, string][] = [["Kind", kindWord(node.kind)]];
  if (node.account) facts.push(["Account", node.account_name ?? node.account]);
  return (
    <Panel title={node.name} mark={<KindMark kind={node.kind} admin={node.admin} size={18} />} onClose={() => state.change({ sel: "" })}>
      <p className={styles.arn}>
        <code>{node.id}</code>
        <CopyButton text={node.id} what="id" />
      </p>
      <div className={styles.factRows}>
        <Facts facts={facts} />
      </div>
      <div className={styles.actions}>
        <Link to="/w/$workspace/r/$revision/paths" params={scope} search={{ from: node.id }} className={buttonClass("bordered", true)}>
          Path to…
        </Link>
        <Link to="/w/$workspace/r/$revision/trusts" params={scope} search={{ search: node.id }} className={buttonClass("bordered", true)}>
          Trusts that name it
        </Link>
      </div>
      {into.length > 0 && (
        <Part title="Who can become this" relations={into} end="source" folded={foldedAt(around, "in")} state={state} />
      )}
      <Part title="What this can become" relations={outOf} end="target" folded={foldedAt(around, "out")} state={state} />
    </Panel>
  );
}

function foldedAt(around: Neighbourhood, side: "in" | "out"): number {
  return around.folded.filter((fold) => fold.side === side).reduce((sum, fold) => sum + fold.count, 0);
}

interface PartProps {
  title: string;
  relations: Relation[];
  end: "source" | "target";
  folded: number;
  state: MapState;
}

function Part({ title, relations, end, folded, state }: PartProps) {
  const total = relations.length + folded;
  return (
    <Section title={title} remark={total.toLocaleString("en")}>
      {total === 0 ? (
        <p className="quiet">Nothing in this revision.</p>
      ) : (
        <RelationRows relations={relations} end={end} state={state} />
      )}
      {folded > 0 && (
        <p className="hint">
          {relations.length.toLocaleString("en")} of {total.toLocaleString("en")}
        </p>
      )}
    </Section>
  );
}
