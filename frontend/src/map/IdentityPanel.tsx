/** A user, role or group on the map: what it is, who can become it, what it can become. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useScope } from "../router/url-state";
import type { NodeRef } from "../scene/model";
import { plural } from "../scene/text";
import { buttonClass } from "../ui/Button";
import { CopyButton } from "../ui/CopyButton";
import { ago, day, dayAndTime, hours } from "../ui/format";
import { KindMark } from "../ui/KindMark";
import { Facts, Panel, Section } from "../ui/Panel";
import { ErrorState, Loading } from "../ui/states";
import { identityQuery, relationsQuery } from "./graphQuery";
import styles from "./MapPage.module.css";
import { RelationRows } from "./RelationRows";
import type { MapState } from "./useMapState";

const SHOWN = 8;

export function IdentityPanel({ node, state }: { node: NodeRef; state: MapState }) {
  const scope = useScope();
  const group = node.kind === "group";
  return (
    <Panel title={node.name} mark={<KindMark kind={node.kind} admin={node.admin} size={18} />} onClose={() => state.change({ sel: "" })}>
      <p className={styles.arn}>
        <code>{node.id}</code>
        <CopyButton text={node.id} what="ARN" />
      </p>
      <IdentityFacts node={node} />
      <div className={styles.actions}>
        <Link to="/w/$workspace/r/$revision/paths" params={scope} search={{ to: node.id }} className={buttonClass("bordered", true)}>
          Path from…
        </Link>
        <Link to="/w/$workspace/r/$revision/paths" params={scope} search={{ from: node.id }} className={buttonClass("bordered", true)}>
          Path to…
        </Link>
        <span className="spacer" />
        <Link
          to="/w/$workspace/r/$revision/identities/$key"
          params={{ ...scope, key: node.key }}
          className={buttonClass("bordered", true)}
        >
          Open page
        </Link>
      </div>
      <Relations node={node} state={state} way="inbound" title={group ? "Members" : "Who can become this"} />
      <Relations node={node} state={state} way="outbound" title="What this can become" />
    </Panel>
  );
}

function IdentityFacts({ node }: { node: NodeRef }) {
  const identity = useQuery(identityQuery(useScope(), node.key));
  if (!identity.data) return null;
  const { data } = identity;
  const facts: [string, React.ReactNode][] = [
    ["Account", <span key="account" title={node.account ?? undefined}>{node.account_name ?? node.account}</span>],
    ["Created", <span key="created" title={dayAndTime(data.created)}>{day(data.created)}</span>],
  ];
  if (node.kind !== "group") facts.splice(1, 0, ["Last used", data.last_used ? <LastUsed key="used" time={data.last_used} /> : "not known"]);
  if (data.max_session !== null) facts.push(["Session", `up to ${hours(data.max_session)}`]);
  if (node.admin !== "no") facts.push(["Admin", node.admin === "certain" ? "yes" : "under conditions"]);
  if (data.boundary) facts.push(["Boundary", <span key="boundary" title={data.boundary}>{data.boundary.split("/").at(-1)}</span>]);
  return (
    <div className={styles.factRows}>
      <Facts facts={facts} />
    </div>
  );
}

function LastUsed({ time }: { time: string }) {
  const words = ago(time);
  return <span title={dayAndTime(time)}>{words === "today" ? words : `${words} ago`}</span>;
}

interface RelationsProps {
  node: NodeRef;
  state: MapState;
  way: "inbound" | "outbound";
  title: string;
}

function Relations({ node, state, way, title }: RelationsProps) {
  const scope = useScope();
  const page = useQuery(relationsQuery(scope, node.key, way, SHOWN));
  if (page.isError) return <ErrorState error={page.error} onRetry={() => void page.refetch()} />;
  if (page.isPending) return <Loading what="its relations" />;
  const { total, results } = page.data;
  const list = total > results.length && (
    <Link
      to="/w/$workspace/r/$revision/identities/$key"
      params={{ ...scope, key: node.key }}
      search={{ tab: way === "inbound" ? "trust" : "reach" }}
      className="small"
    >
      All {total.toLocaleString("en")}
    </Link>
  );
  return (
    <Section title={title} remark={total.toLocaleString("en")} actions={list}>
      {total === 0 ? (
        <p className="quiet">{nobodyWords(node, way)}</p>
      ) : (
        <RelationRows relations={results} end={way === "inbound" ? "source" : "target"} state={state} />
      )}
      {total > results.length && (
        <p className="hint">
          {results.length} of {plural(total, "relation")}
        </p>
      )}
    </Section>
  );
}

function nobodyWords({ kind }: NodeRef, way: RelationsProps["way"]): string {
  if (way === "outbound") return "It can become nobody else.";
  if (kind === "user") return "A user is signed in to, not assumed: nobody can become it by a role call.";
  return kind === "group" ? "The group has no members." : "Nobody in this revision can become it.";
}
