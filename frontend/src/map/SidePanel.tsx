/** What is chosen on the map: an account, an identity, somebody outside, or one relation with its evidence. */
import { useQuery } from "@tanstack/react-query";
import type { Account } from "../api/types";
import { EdgePanel } from "../evidence/EdgePanel";
import { useScope } from "../router/url-state";
import { neighbourhoodQuery } from "../scene/neighbourhoodQuery";
import { classes } from "../ui/classes";
import { ErrorState, Loading } from "../ui/states";
import { AccountPanel } from "./AccountPanel";
import type { MapScene } from "./columnar";
import { IdentityPanel } from "./IdentityPanel";
import styles from "./MapPage.module.css";
import { OutsidePanel } from "./OutsidePanel";
import { PairPanel } from "./PairPanel";
import { accountOfNode } from "./useMapState";
import type { MapState } from "./useMapState";

interface Props {
  scene: MapScene;
  state: MapState;
  accounts: Account[];
}

export function SidePanel(props: Props) {
  const { state } = props;
  if (state.edgeFrom !== "" && state.edgeTo !== "") return <Relation {...props} />;
  if (state.sel === "") return null;
  return (
    <div className={styles.side}>
      {accountOfNode(state.sel) === "" ? <NodePanel key={state.sel} {...props} /> : <AccountPanel key={state.sel} {...props} />}
    </div>
  );
}

/** Between two accounts stands a list of trusts; between two identities, the evidence of one. */
function Relation(props: Props) {
  const { state, scene, accounts } = props;
  const close = () => state.change({ edgeFrom: "", edgeTo: "" });
  const target = accountOfNode(state.edgeTo);
  if (target !== "") {
    const source = scene.byId.get(state.edgeFrom);
    return (
      <div className={styles.side}>
        <PairPanel source={state.edgeFrom} sourceName={source?.label ?? state.edgeFrom} target={target} accounts={accounts} state={state} onClose={close} />
      </div>
    );
  }
  return (
    <div className={classes(styles.side, styles.sideEvidence)}>
      <div className={styles.evidence}>
        <EdgePanel source={state.edgeFrom} target={state.edgeTo} onClose={close} />
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
