/** What stands behind one line of the account map: the trusts of one account that let somebody in from another. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Account } from "../api/types";
import { useScope } from "../router/url-state";
import { TrustRows } from "../trusts/TrustRows";
import { trustsQuery } from "../trusts/trustsQuery";
import { Button, buttonClass } from "../ui/Button";
import { Panel, Section } from "../ui/Panel";
import { ErrorState, Loading } from "../ui/states";
import type { MapScene } from "./columnar";
import styles from "./MapPage.module.css";
import { accountOfNode, searchOf } from "./useMapState";
import type { MapState } from "./useMapState";

interface Props {
  source: string;
  target: string;
  scene: MapScene;
  accounts: Account[];
  state: MapState;
  onClose: () => void;
}

const SHOWN = 20;

export function PairPanel({ source, target: targetNode, scene, accounts, state, onClose }: Props) {
  const scope = useScope();
  const target = accountOfNode(targetNode);
  const sourceName = scene.byId.get(source)?.label ?? source;
  const search = searchOf(source);
  const trusts = useQuery(trustsQuery(scope, { account: [target], search, limit: SHOWN }));
  const targetName = accounts.find((account) => account.account === target)?.name ?? target;
  return (
    <Panel title={`${sourceName} → ${targetName}`} onClose={onClose}>
      <div className={styles.actions}>
        <Button small onClick={() => state.openAccount(target)}>
          Open {targetName}
        </Button>
        <Link to="/w/$workspace/r/$revision/trusts" params={scope} search={{ account: target, search }} className={buttonClass("bordered", true)}>
          All as a table
        </Link>
      </div>
      {trusts.isError && <ErrorState error={trusts.error} onRetry={() => void trusts.refetch()} />}
      {trusts.isPending && <Loading what="the trusts" />}
      {trusts.data && (
        <Section title="Trusts" remark={trusts.data.total.toLocaleString("en")}>
          {trusts.data.total === 0 && (
            <p className="quiet">
              No trust policy of {targetName} names {sourceName} itself: the relations come from wider trusts, such as the whole
              organization.
            </p>
          )}
          <TrustRows
            trusts={trusts.data.results}
            onChoose={(trust) => state.showEdge(trust.principal.id, trust.role.id)}
          />
        </Section>
      )}
    </Panel>
  );
}
