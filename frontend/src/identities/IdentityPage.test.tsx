import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import type { IdentityDetail, NodeRef } from "../api/types";
import { BASICS, renderAt, serve } from "../testing";

const PARTY: NodeRef = {
  id: "account:999999999999",
  key: "p",
  kind: "external-account",
  name: "999999999999",
  account: "999999999999",
  account_name: null,
  admin: "no",
};

const ROLE: IdentityDetail = {
  id: "arn:aws:iam::111122223333:role/ci/deploy-prod",
  key: "k",
  kind: "role",
  name: "deploy-prod",
  path: "/ci/",
  account: "111122223333",
  account_name: "prod-core",
  admin: "no",
  created: null,
  last_used: null,
  mfa: null,
  active_keys: null,
  trusted_by: 1,
  can_become: 0,
  external: true,
  arn: "arn:aws:iam::111122223333:role/ci/deploy-prod",
  unique_id: "AROA",
  tags: { team: "<script>alert(1)</script>" },
  description: null,
  max_session: 43200,
  boundary: null,
  groups: [],
  members: [],
  credentials: null,
  instance_profiles: [],
  trust_summary: [
    {
      statement: 0,
      sid: null,
      effect: "Allow",
      principals: [PARTY],
      words: "Any principal of 999999999999",
      conditions: [{ operator: "StringEquals", key: "sts:ExternalId", values: ["x"], negated: false }],
      only_where: null,
      identities: 1,
      certainty: "conditional",
      first_line: 4,
      last_line: 9,
    },
  ],
};

const TRUST = {
  source: "trust",
  name: "Trust policy of deploy-prod",
  arn: null,
  group: null,
  text: '{\n  "Statement": [\n  ]\n}',
  problem: null,
  statements: [{ index: 0, sid: null, effect: "Allow", first_line: 2, last_line: 3 }],
};

const R = "GET /api/v1/workspaces/acme/revisions/7";
const SERVED = {
  ...BASICS,
  [`${R}/identities/k/`]: ROLE,
  [`${R}/identities/k/policies/`]: [TRUST],
  [`${R}/neighbourhood/`]: { nodes: [], edges: [], folded: [], truncated: null },
};
const ADDRESS = "/w/acme/r/7/identities/k";

it("says who can become it in words, with what the call has to bring", async () => {
  serve(SERVED);
  renderAt(ADDRESS);
  const who = await screen.findByRole("region", { name: "Who can become this" });
  expect(within(who).getByText("Any principal of 999999999999")).toBeTruthy();
  expect(within(who).getByText(/ExternalId that the caller sends is x/)).toBeTruthy();
  expect(document.title).toBe("deploy-prod · role · prod-core · iamviz");
});

it("opens the very lines of the trust policy", async () => {
  serve(SERVED);
  const { router } = renderAt(ADDRESS);
  await userEvent.click(await screen.findByRole("button", { name: "trust policy, lines 4–9" }));
  await screen.findByRole("region", { name: "Text of Trust policy of deploy-prod" });
  expect(router.state.location.search).toEqual({ tab: "policies", policy: "trust", lines: "4-9" });
});

it("shows a hostile tag as text", async () => {
  serve(SERVED);
  renderAt(ADDRESS);
  await screen.findByText("team <script>alert(1)</script>");
  expect(document.querySelector("script")).toBeNull();
});

it("says that an identity of another revision is not in this one", async () => {
  serve(BASICS);
  renderAt(ADDRESS);
  await screen.findByRole("heading", { name: "This identity is not in this revision" });
});
