/** All that can become it, or all that it can become; below, the evidence of the chosen one. */
import { EdgePanel } from "../evidence/EdgePanel";
import type { IdentityDetail } from "../api/types";
import { useUrlState } from "../router/url-state";
import { counted } from "../ui/format";
import { Block } from "../ui/Page";
import styles from "./IdentityPage.module.css";
import { RelationsList, type Way } from "./RelationsList";
import { TrustInWords } from "./TrustInWords";

function Evidence({ identity, way }: { identity: IdentityDetail; way: Way }) {
  const [search, change] = useUrlState();
  if (!search.edge) return null;
  const [source, target] = way === "inbound" ? [search.edge, identity.id] : [identity.id, search.edge];
  return (
    <div className={styles.evidence}>
      <EdgePanel source={source} target={target} onClose={() => change({ edge: undefined })} />
    </div>
  );
}

function sayTotal(total: number, way: Way): string {
  if (total === 0) return way === "inbound" ? "nobody in this revision" : "nothing in this revision";
  return way === "inbound" ? counted(total, "principal") : counted(total, "identity", "identities");
}

export function RelationsTab({ identity, way }: { identity: IdentityDetail; way: Way }) {
  const inbound = way === "inbound";
  const [search] = useUrlState();
  const total = inbound ? identity.trusted_by : identity.can_become;
  return (
    <div className={styles.split}>
      {/* The evidence shows the statement that matters: the summary gives it the room. */}
      {inbound && !search.edge && (
        <Block title="What the trust policy says" remark={counted(identity.trust_summary.length, "statement")}>
          <TrustInWords statements={identity.trust_summary} />
        </Block>
      )}
      <Block
        title={inbound ? "Who can become this" : "What it can become"}
        remark={sayTotal(total, way)}
      >
        {total > 0 && <RelationsList identity={identity} way={way} />}
      </Block>
      <Evidence identity={identity} way={way} />
    </div>
  );
}
