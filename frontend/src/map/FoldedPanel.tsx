/** Many nodes drawn as one, such as all AWS services: what they are, and which accounts they reach into. */
import { Link } from "@tanstack/react-router";
import type { Account } from "../api/types";
import { useScope } from "../router/url-state";
import { plural } from "../scene/text";
import { buttonClass } from "../ui/Button";
import { KindMark } from "../ui/KindMark";
import { Facts, Panel } from "../ui/Panel";
import { kindWord } from "../ui/kinds";
import { EndRows } from "./AccountPanel";
import { bundle } from "./columnar";
import type { MapScene } from "./columnar";
import styles from "./MapPage.module.css";
import { searchOf } from "./useMapState";
import type { MapState } from "./useMapState";

interface Props {
  scene: MapScene;
  state: MapState;
  accounts: Account[];
}

export function FoldedPanel({ scene, state }: Props) {
  const scope = useScope();
  const node = scene.byId.get(state.sel);
  if (!node) return null;
  const edges = (scene.touching[node.index] ?? []).flatMap((at) => scene.edges[at] ?? []);
  const bundles = bundle(edges.filter((edge) => edge.source !== edge.target));
  return (
    <Panel title={node.label} mark={<KindMark kind={node.kind} size={18} />} onClose={() => state.change({ sel: "" })}>
      <div className={styles.factRows}>
        <Facts facts={[["Kind", kindWord(node.kind)], ["Stands for", plural(node.n, "principal")]]} />
      </div>
      <div className={styles.actions}>
        <Link
          to="/w/$workspace/r/$revision/trusts"
          params={scope}
          search={{ search: searchOf(node.id) }}
          className={buttonClass("bordered", true)}
        >
          Trusts that name it
        </Link>
      </div>
      <EndRows title="Where it reaches" bundles={bundles.filter((one) => one.source === node.index)} end="target" scene={scene} state={state} />
    </Panel>
  );
}
