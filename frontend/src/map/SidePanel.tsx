/** What is chosen on the map: an account, an identity, somebody outside, or one relation with its evidence. */
import { useQuery } from "@tanstack/react-query";
import type { Account } from "../api/types";
import { EdgePanel } from "../evidence/EdgePanel";
import { useScope } from "../router/url-state";
import { neighbourhoodQuery } from "../scene/neighbourhoodQuery";
import { classes } from "../ui/classes";
import { ErrorState, Loading } from "../ui/states";
import { AccountPanel } from "./AccountPanel";
import { BundlePanel } from "./BundlePanel";
import type { MapScene } from "./columnar";
import { FoldedPanel } from "./FoldedPanel";
import { IdentityPanel } from "./IdentityPanel";
import styles from "./MapPage.module.css";
import { OutsidePanel } from "./OutsidePanel";
import { PairPanel } from "./PairPanel";
import { accountOfNode, isFolded } from "./useMapState";
import type { MapState } from "./useMapState";

interface Props {
  scene: MapScene;
  state: MapState;
  accounts: Account[];
}

export function SidePanel(props: Props) {
  const { state } = props;
  const edge = state.edgeFrom !== "" && state.edgeTo !== "";
  return edge ? <Relation {...props} /> : <Selection key={state.sel} {...props} />;
}

function Selection(props: Props) {
  const { sel } = props.state;
  return (
    <div className={styles.side}>
      {accountOfNode(sel) !== "" ? <AccountPanel {...props} /> : isFolded(sel) ? <FoldedPanel {...props} /> : <NodePanel {...props} />}
    </div>
  );
}

const standsForMany = (id: string): boolean => accountOfNode(id) !== "" || isFolded(id);

/** A line between two identities has evidence; a line at an account or a fold stands for several, which are listed. */
function Relation({ state, scene, accounts }: Props) {
  const { edgeFrom, edgeTo } = state;
  const props = { source: edgeFrom, target: edgeTo, scene, accounts, state, onClose: () => state.change({ edgeFrom: "", edgeTo: "" }) };
  const many = { source: standsForMany(edgeFrom), target: standsForMany(edgeTo) };
  if (state.open !== "" && many.source !== many.target) {
    return (
      <div className={styles.side}>
        <BundlePanel {...props} many={many.source ? "source" : "target"} />
      </div>
    );
  }
  if (accountOfNode(edgeTo) !== "" && state.open === "") {
    return (
      <div className={styles.side}>
        <PairPanel {...props} />
      </div>
    );
  }
  return (
    <div className={classes(styles.side, styles.sideEvidence)}>
      <div className={styles.evidence}>
        <EdgePanel source={edgeFrom} target={edgeTo} onClose={props.onClose} />
      </div>
    </div>
  );
}

const IDENTITIES = new Set<string>(["user", "role", "group"]);

function NodePanel({ state }: Props) {
  const around = useQuery(neighbourhoodQuery(useScope(), state.sel));
  if (around.isError) return <ErrorState error={around.error} onRetry={() => void around.refetch()} />;
  if (around.isPending) return <Loading what="the selection" />;
  const centre = around.data.nodes.find((node) => node.role === "center");
  if (!centre) return <ErrorState error={new Error("The server knows nothing of this node.")} />;
  if (IDENTITIES.has(centre.kind)) return <IdentityPanel node={centre} state={state} />;
  return <OutsidePanel node={centre} around={around.data} state={state} />;
}
