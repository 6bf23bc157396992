/** An account on the map: its counts, which accounts and outsiders reach into it, and where its identities reach. */
import { Link } from "@tanstack/react-router";
import type { Account } from "../api/types";
import { useScope } from "../router/url-state";
import { Button, buttonClass } from "../ui/Button";
import { CopyButton } from "../ui/CopyButton";
import { day, dayAndTime } from "../ui/format";
import { KindMark } from "../ui/KindMark";
import { Facts, Panel, Section } from "../ui/Panel";
import { Verdict } from "../ui/Verdict";
import { bundle } from "./columnar";
import type { Bundle, MapNode, MapScene } from "./columnar";
import styles from "./MapPage.module.css";
import { accountOfNode } from "./useMapState";
import type { MapState } from "./useMapState";
import { plural } from "../scene/text";

interface Props {
  scene: MapScene;
  state: MapState;
  accounts: Account[];
}

export function AccountPanel({ scene, state, accounts }: Props) {
  const scope = useScope();
  const id = accountOfNode(state.sel);
  const account = accounts.find((each) => each.account === id);
  const node = scene.byId.get(state.sel);
  const edges = (node ? (scene.touching[node.index] ?? []) : []).flatMap((at) => scene.edges[at] ?? []);
  const bundles = bundle(edges.filter((edge) => edge.source !== edge.target));
  return (
    <Panel title={account?.name ?? node?.label ?? id} mark={<KindMark kind="account" size={18} />} onClose={() => state.change({ sel: "" })}>
      <p className={styles.arn}>
        <code>{id}</code>
        <CopyButton text={id} what="account id" />
      </p>
      {account && <AccountFacts account={account} />}
      <div className={styles.actions}>
        {account?.in_snapshot && state.open !== id && (
          <Button small onClick={() => state.openAccount(id)}>
            Open
          </Button>
        )}
        <Link to="/w/$workspace/r/$revision/identities" params={scope} search={{ account: id }} className={buttonClass("bordered", true)}>
          Identities
        </Link>
        <Link to="/w/$workspace/r/$revision/trusts" params={scope} search={{ account: id }} className={buttonClass("bordered", true)}>
          Trusts
        </Link>
      </div>
      {node && (
        <>
          <EndRows title="Who reaches into it" bundles={bundles.filter((one) => one.target === node.index)} end="source" scene={scene} state={state} />
          <EndRows title="Where it reaches" bundles={bundles.filter((one) => one.source === node.index)} end="target" scene={scene} state={state} />
        </>
      )}
    </Panel>
  );
}

function AccountFacts({ account }: { account: Account }) {
  const facts: [string, React.ReactNode][] = [
    ["Users", account.users.toLocaleString("en")],
    ["Roles", account.roles.toLocaleString("en")],
    ["Groups", account.groups.toLocaleString("en")],
    ["Collected", <span key="collected" title={dayAndTime(account.collected)}>{day(account.collected)}</span>],
  ];
  if (account.ou) facts.push(["OU", account.ou]);
  if (!account.in_snapshot) facts.push(["Snapshot", "none: only known by name"]);
  return (
    <div className={styles.factRows}>
      <Facts facts={facts} />
    </div>
  );
}

interface EndsProps {
  title: string;
  bundles: Bundle[];
  end: "source" | "target";
  scene: MapScene;
  state: MapState;
}

export function EndRows({ title, bundles, end, scene, state }: EndsProps) {
  const total = bundles.reduce((sum, one) => sum + one.n, 0);
  const rows = [...bundles].sort((a, b) => b.n - a.n);
  return (
    <Section title={title} remark={plural(total, "relation")}>
      {rows.length === 0 && <p className="quiet">Nobody, as far as this revision shows.</p>}
      <ul className={styles.relations}>
        {rows.map((one) => (
          <li key={`${one.source} ${one.target}`}>
            <EndRow one={one} node={scene.nodes[one[end]]} scene={scene} state={state} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function EndRow({ one, node, scene, state }: { one: Bundle; node: MapNode | undefined; scene: MapScene; state: MapState }) {
  const source = scene.nodes[one.source];
  const target = scene.nodes[one.target];
  if (!node || !source || !target) return null;
  return (
    <button type="button" className={styles.relation} onClick={() => state.showEdge(source.id, target.id)}>
      <KindMark kind={node.kind} />
      <span className={styles.relationWords}>
        <span className={styles.relationName} title={node.id}>
          {node.label}
        </span>
        <span className={styles.relationPlace}>{plural(one.n, "relation")}</span>
      </span>
      <span className={styles.relationVerdict}>
        <Verdict verdict={one.certainty} words={bundleVerdict(one)} />
      </span>
    </button>
  );
}

function bundleVerdict(one: Bundle): string {
  const certain = one.edges.filter((edge) => edge.certainty === "certain").reduce((sum, edge) => sum + edge.n, 0);
  if (certain === one.n) return "Allowed";
  return certain === 0 ? (one.certainty === "conditional" ? "Allowed if" : "Unknown") : `${certain.toLocaleString("en")} allowed`;
}
