/** One identity: who can become it, what it can become, and the policies that say so. */
import { useParams } from "@tanstack/react-router";
import { ApiError } from "../api/client";
import type { IdentityDetail } from "../api/types";
import { useTitle } from "../router/title";
import { useScope, useUrlState } from "../router/url-state";
import { EmptyState, ErrorState, Loading } from "../ui/states";
import { Tabs, TabPanel, type Tab } from "../ui/Tabs";
import { IdentityHeader } from "./IdentityHeader";
import styles from "./IdentityPage.module.css";
import { JsonTab } from "./JsonTab";
import { MembersTab } from "./MembersTab";
import { PoliciesTab } from "./PoliciesTab";
import { usePolicies, useIdentity } from "./queries";
import { RelationsTab } from "./RelationsTab";
import { SummaryTab } from "./SummaryTab";

export function IdentityPage() {
  const { key = "" } = useParams({ strict: false });
  const identity = useIdentity(useScope(), key);
  if (identity.isError) {
    if (identity.error instanceof ApiError && identity.error.status === 404) return <Missing />;
    return <ErrorState error={identity.error} onRetry={() => void identity.refetch()} />;
  }
  if (!identity.data) return <Loading what="the identity" />;
  return <Shown key={identity.data.id} identity={identity.data} />;
}

function Missing() {
  useTitle("Not in this revision");
  return (
    <EmptyState title="This identity is not in this revision">
      <p>It may have been made later, or been deleted before. Choose another revision at the top right.</p>
    </EmptyState>
  );
}

function tabsOf(identity: IdentityDetail, policies: number | undefined): Tab[] {
  const summary = { id: "summary", name: "Summary" };
  const rest = [
    { id: "policies", name: "Policies", count: policies },
    { id: "json", name: "JSON" },
  ];
  if (identity.kind === "group") return [summary, { id: "members", name: "Members", count: identity.members.length }, ...rest];
  const reach = { id: "reach", name: "Reach", count: identity.can_become };
  if (identity.kind === "user") {
    return [summary, reach, { id: "groups", name: "Groups", count: identity.groups.length }, ...rest];
  }
  return [summary, { id: "trust", name: "Trust", count: identity.trusted_by }, reach, ...rest];
}

function Shown({ identity }: { identity: IdentityDetail }) {
  const scope = useScope();
  const [search, change] = useUrlState();
  const policies = usePolicies(scope, identity.key);
  useTitle(identity.name, identity.kind, identity.account_name ?? identity.account);
  const tabs = tabsOf(identity, policies.data?.length);
  const chosen = tabs.find((tab) => tab.id === search.tab)?.id ?? "summary";
  return (
    <div className={styles.page}>
      <IdentityHeader identity={identity} />
      <Tabs
        label={`About ${identity.name}`}
        tabs={tabs}
        chosen={chosen}
        onChoose={(tab) => change({ tab: tab === "summary" ? undefined : tab, edge: undefined, policy: undefined, lines: undefined })}
      >
        <TabPanel id="summary">
          <SummaryTab identity={identity} policies={policies} />
        </TabPanel>
        <TabPanel id="trust">
          <RelationsTab identity={identity} way="inbound" />
        </TabPanel>
        <TabPanel id="reach">
          <RelationsTab identity={identity} way="outbound" />
        </TabPanel>
        <TabPanel id="members">
          <MembersTab title="Members" nodes={identity.members} nothing="This group has no members." />
        </TabPanel>
        <TabPanel id="groups">
          <MembersTab title="Groups" nodes={identity.groups} nothing="This user is in no group." />
        </TabPanel>
        <TabPanel id="policies">
          <PoliciesTab policies={policies} />
        </TabPanel>
        <TabPanel id="json">
          <JsonTab identity={identity} />
        </TabPanel>
      </Tabs>
    </div>
  );
}
