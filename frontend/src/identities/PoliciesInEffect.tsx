/** The policies that give and take rights, with where each comes from. */
import type { AppliedPolicy } from "../api/types";
import { NodeLink } from "../router/links";
import { useUrlState } from "../router/url-state";
import { Button } from "../ui/Button";
import { counted } from "../ui/format";
import { Block } from "../ui/Page";
import { ErrorState } from "../ui/states";
import { LoadingRows, Table } from "../ui/Table";
import styles from "./IdentityPage.module.css";
import { actionsInWords, effectInWords, slugOf, SOURCE_WORDS } from "./policyWords";
import type { usePolicies } from "./queries";

const COLUMNS = [
  { name: "Source", width: "22%" },
  { name: "Name", width: "30%" },
  { name: "Actions" },
  { name: "Effect", numeric: true, width: "14%" },
];

function Row({ policy }: { policy: AppliedPolicy }) {
  const [, change] = useUrlState();
  return (
    <tr>
      <td className="second">
        {SOURCE_WORDS[policy.source]}
        {policy.group && (
          <>
            {" "}
            <NodeLink node={policy.group} />
          </>
        )}
      </td>
      <td>
        <Button look="link" className={styles.link} onClick={() => change({ tab: "policies", policy: slugOf(policy) })} title={policy.arn ?? policy.name}>
          {policy.name}
        </Button>
      </td>
      <td className="second" title={actionsInWords(policy)}>
        {actionsInWords(policy)}
      </td>
      <td className="right">{effectInWords(policy)}</td>
    </tr>
  );
}

function remarkOn(policies: readonly AppliedPolicy[]): string {
  const boundaries = policies.filter((policy) => policy.source === "boundary").length;
  const words = counted(policies.length - boundaries, "policy", "policies");
  return boundaries > 0 ? `${words}, and a boundary that narrows them` : `${words}, no boundary`;
}

export function PoliciesInEffect({ policies }: { policies: ReturnType<typeof usePolicies> }) {
  const inEffect = policies.data?.filter((policy) => policy.source !== "trust");
  return (
    <Block title="Policies in effect" remark={inEffect && remarkOn(inEffect)}>
      {policies.isError ? (
        <ErrorState error={policies.error} onRetry={() => void policies.refetch()} />
      ) : (
        <Table caption="Policies in effect" columns={COLUMNS}>
          {inEffect ? inEffect.map((policy) => <Row key={slugOf(policy)} policy={policy} />) : <LoadingRows columns={4} rows={3} />}
        </Table>
      )}
    </Block>
  );
}
