/** The identity on one page: who, what, by which policies; the drawing beside it says the same. */
import { NeighbourhoodDrawing } from "../scene/NeighbourhoodDrawing";
import type { IdentityDetail } from "../api/types";
import { useUrlState } from "../router/url-state";
import { Button } from "../ui/Button";
import { counted } from "../ui/format";
import { Block } from "../ui/Page";
import { Credentials } from "./Credentials";
import styles from "./IdentityPage.module.css";
import { NodeList } from "./MembersTab";
import { PoliciesInEffect } from "./PoliciesInEffect";
import type { usePolicies } from "./queries";
import { RelationsList } from "./RelationsList";
import { TrustInWords } from "./TrustInWords";

function WhoCanBecome({ identity }: { identity: IdentityDetail }) {
  const [, change] = useUrlState();
  const statements = identity.trust_summary.length;
  return (
    <Block
      title="Who can become this"
      remark={`${counted(identity.trusted_by, "principal")} through ${counted(statements, "statement")}`}
      actions={
        identity.trusted_by > 0 && (
          <Button look="link" onClick={() => change({ tab: "trust" })}>
            List
          </Button>
        )
      }
    >
      <TrustInWords statements={identity.trust_summary} />
    </Block>
  );
}

function WhatItCanBecome({ identity }: { identity: IdentityDetail }) {
  const [, change] = useUrlState();
  return (
    <Block
      title="What it can become"
      remark={identity.can_become === 0 ? "nothing" : counted(identity.can_become, "identity", "identities")}
      actions={
        identity.can_become > 0 && (
          <Button look="link" onClick={() => change({ tab: "reach" })}>
            List
          </Button>
        )
      }
    >
      {identity.can_become > 0 && <RelationsList identity={identity} way="outbound" most={8} />}
    </Block>
  );
}

function OneStepAround({ identity }: { identity: IdentityDetail }) {
  return (
    // On a narrow screen the drawing gives way: the lists say the same.
    <div className="wide-only">
      <Block title="One step around">
        <NeighbourhoodDrawing of={identity.id} />
      </Block>
    </div>
  );
}

export function SummaryTab({ identity, policies }: { identity: IdentityDetail; policies: ReturnType<typeof usePolicies> }) {
  return (
    <div className={styles.columns}>
      <div className={styles.left}>
        {identity.kind === "role" && <WhoCanBecome identity={identity} />}
        {identity.kind === "group" && (
          <Block title="Members" remark={identity.members.length === 0 ? "none" : undefined}>
            <NodeList nodes={identity.members} />
          </Block>
        )}
        {identity.kind !== "group" && <WhatItCanBecome identity={identity} />}
        <PoliciesInEffect policies={policies} />
      </div>
      <div className={styles.right}>
        <OneStepAround identity={identity} />
        {identity.kind === "user" && <Credentials identity={identity} />}
        {identity.groups.length > 0 && (
          <Block title="Groups">
            <NodeList nodes={identity.groups} />
          </Block>
        )}
        {identity.instance_profiles.length > 0 && (
          <Block title="Instance profiles" remark="an EC2 instance that has one runs as this role">
            <ul>
              {identity.instance_profiles.map((profile) => (
                <li key={profile} className="mono">
                  {profile}
                </li>
              ))}
            </ul>
          </Block>
        )}
      </div>
    </div>
  );
}
