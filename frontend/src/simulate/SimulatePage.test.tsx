import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import type { Denial, Evaluation, NodeRef } from "../api/types";
import { BASICS, problem, renderAt, serve } from "../testing";
import { policyHash } from "./simulateSearch";
import { decisionSentence, denialSentence, sessionOf } from "./words";

const R = "/api/v1/workspaces/acme/revisions/7";
const ALICE = "arn:aws:iam::111122223333:user/alice";
const NODE: NodeRef = {
  id: ALICE,
  key: "k",
  kind: "user",
  name: "alice",
  account: "111122223333",
  account_name: "prod-core",
  admin: "no",
};
const ACCOUNT: NodeRef = { ...NODE, id: "account:999999999999", kind: "external-account", name: "alice corp" };
const DEPLOY = "arn:aws:iam::111122223333:role/deploy";

const TEXT = '{\n  "Statement": {\n    "Effect": "Deny",\n    "Sid": "<b>No</b>"\n  }\n}';
const DENIED: Evaluation = {
  principal: NODE,
  caller: ALICE,
  action: "sts:AssumeRole",
  resource: DEPLOY,
  resource_account: "111122223333",
  decision: "explicitly_denied",
  otherwise: null,
  because: [],
  blocked_by: ["scp"],
  depends_on: [],
  missing: [],
  layers: [
    { layer: "identity", verdict: "allows", where: "Statement 1 of own allows it." },
    { layer: "trust", verdict: "allows", where: "Statement 1 of the trust policy of deploy allows it." },
    { layer: "scp", verdict: "blocks", where: "Statement 1 of Guard on Prod denies it." },
    { layer: "rcp", verdict: "none-set", where: "none" },
    { layer: "boundary", verdict: "none-set", where: "none" },
    { layer: "session", verdict: "not-evaluated", where: "chosen by the caller" },
  ],
  documents: [
    {
      layer: "scp",
      title: "SCP on Prod denies it",
      name: "Guard",
      arn: null,
      text: TEXT,
      highlights: [{ first_line: 3, last_line: 3, note: "an explicit Deny: it wins over every Allow" }],
    },
  ],
  changes: ["Statement 1 of Guard on Prod must not deny it: a Deny wins over every Allow."],
  remarks: [],
  context: [{ key: "aws:username", values: ["alice"], given: false }],
};

const AROUND = { nodes: [{ ...NODE, role: "center" }], edges: [], folded: [], truncated: null };
const SERVED = {
  ...BASICS,
  [`GET ${R}/search/`]: [ACCOUNT, NODE],
  [`GET ${R}/neighbourhood/`]: AROUND,
  [`POST ${R}/evaluate/`]: DENIED,
  "GET /api/v1/actions/": {
    total: 40,
    results: [
      { action: "sts:AssumeRole", access_level: "Write", resources: ["arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}"] },
      { action: "sts:AssumeRoleWithSAML", access_level: "Write", resources: [] },
    ],
  },
};
const ASKED = `/w/acme/r/7/simulate?principal=${ALICE}&action=sts:AssumeRole&resource=${DEPLOY}`;

it("asks from the keyboard, and the address holds the question", async () => {
  const asked = serve(SERVED);
  const { router } = renderAt("/w/acme/r/7/simulate");
  await screen.findByRole("heading", { name: "Would AWS allow it?" });
  const user = userEvent.setup();
  await user.type(screen.getByRole("combobox", { name: "Who" }), "alice");
  await screen.findByRole("option", { name: /alice/ });
  expect(screen.getAllByRole("option")).toHaveLength(1);
  await user.keyboard("{Enter}");
  await user.click(screen.getByRole("combobox", { name: "Action" }));
  await user.paste("sts:AssumeRole");
  await user.click(screen.getByRole("combobox", { name: "Resource" }));
  await user.paste(DEPLOY);
  await user.click(screen.getByRole("button", { name: "+ Context key" }));
  await user.paste("aws:SourceIp");
  await user.click(screen.getByRole("textbox", { name: "Value of context key 1" }));
  await user.paste("203.0.113.7");
  await user.keyboard("{Control>}{Enter}{/Control}");
  const decision = await screen.findByRole("region", { name: "Decision" });
  expect(within(decision).getByText("Denied by an explicit Deny")).toBeTruthy();
  expect(router.state.location.search).toEqual({
    principal: ALICE,
    action: "sts:AssumeRole",
    resource: DEPLOY,
    context: "aws:SourceIp=203.0.113.7",
  });
  expect(asked.filter(({ method }) => method === "POST")).toHaveLength(1);
  expect(document.title).toContain("Simulate sts:AssumeRole");
});

it("offers the actions that AWS lists, and the roles there are to assume", async () => {
  serve({ ...SERVED, [`GET ${R}/search/`]: [NODE, { ...NODE, id: DEPLOY, kind: "role", name: "deploy" }] });
  renderAt("/w/acme/r/7/simulate");
  const user = userEvent.setup();
  const action = await screen.findByRole<HTMLInputElement>("combobox", { name: "Action" });
  await user.click(action);
  await user.paste("assumerole");
  expect((await screen.findAllByRole("option")).map((option) => option.textContent)).toEqual([
    "sts:AssumeRoleWrite",
    "sts:AssumeRoleWithSAMLWrite",
  ]);
  expect(screen.getByText("2 of 40")).toBeTruthy();
  await user.keyboard("{ArrowDown}{Enter}");
  expect(action.value).toBe("sts:AssumeRole");
  const resource = screen.getByRole<HTMLInputElement>("combobox", { name: "Resource" });
  expect(resource.placeholder).toBe("arn:aws:iam::Account:role/RoleNameWithPath");
  await user.click(resource);
  await user.paste("dep");
  await user.click(await screen.findByRole("option", { name: /deploy/ }));
  expect(resource.value).toBe(DEPLOY);
});

it("sends a pasted policy along, and keeps it behind the address where no server sees it", async () => {
  const asked = serve(SERVED);
  const { router } = renderAt(ASKED);
  const user = userEvent.setup();
  await screen.findByRole("region", { name: "Decision" });
  await user.click(screen.getByRole("button", { name: "+ Trust policy" }));
  const area = screen.getByRole("textbox", { name: "Trust policy" });
  expect(document.activeElement).toBe(area);
  await user.paste(TEXT);
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(router.state.location.hash).toBe(policyHash(TEXT)));
  expect(router.state.location.searchStr).not.toContain("policy");
  await waitFor(() => expect(asked.filter(({ method }) => method === "POST")).toHaveLength(2));
  const sent = JSON.parse((await asked.findLast(({ method }) => method === "POST")?.body()) ?? "") as { resource_policy: string };
  expect(sent.resource_policy).toBe(TEXT);
  expect(document.activeElement).toBe(area);
  await user.click(screen.getByRole("button", { name: "Remove" }));
  expect(screen.queryByRole("textbox", { name: "Trust policy" })).toBeNull();
});

it("shows the line on which a policy cannot be read, and leads to it", async () => {
  const flaw = { field: "resource_policy", detail: "Not JSON: Expecting ':' delimiter.", line: 3, column: 15 };
  const { body } = problem(400, flaw.detail);
  serve({ ...SERVED, [`POST ${R}/evaluate/`]: { status: 400, body: { ...Object(body), errors: [flaw] } } });
  renderAt(`${ASKED}#${policyHash(TEXT)}`);
  const user = userEvent.setup();
  expect((await screen.findByRole("alert")).textContent).toBe(flaw.detail);
  expect(screen.getByRole("region", { name: /around line 3/ }).textContent).toContain("column 15");
  expect(screen.getByRole("heading", { name: "Nothing was decided" })).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Go to line 3" }));
  const area = screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Trust policy" });
  expect(document.activeElement).toBe(area);
  expect(TEXT.slice(area.selectionStart, area.selectionEnd)).toBe('"Deny",');
  expect(area.getAttribute("aria-invalid")).toBe("true");
  await user.keyboard("x");
  expect(screen.queryByRole("alert")).toBeNull();
});

it("shows each layer, the statement that decides as text, and what would have to change", async () => {
  serve(SERVED);
  renderAt(ASKED);
  const layers = await screen.findByRole("list", { name: "What each layer says" });
  expect(within(layers).getAllByRole("listitem")).toHaveLength(6);
  expect(layers.textContent).toContain("Blocks");
  const document = screen.getByRole("region", { name: "SCP on Prod denies it" });
  expect(document.textContent).toContain("<b>No</b>");
  expect(document.textContent).toContain("an explicit Deny");
  expect(screen.getByText(/must not deny it/)).toBeTruthy();
});

it("fills the form from a message, and says what AWS answered", async () => {
  const denial: Denial = {
    caller: "arn:aws:sts::111122223333:assumed-role/deploy/friday",
    principal: { ...NODE, id: DEPLOY, kind: "role", name: "deploy" },
    action: "s3:GetObject",
    resource: "arn:aws:s3:::logs/a",
    operation: null,
    explicit: false,
    layer: "identity",
    policy: null,
    remarks: ["There is more than one message: the first was read."],
  };
  serve({ ...SERVED, [`POST ${R}/read-denial/`]: denial });
  const { router } = renderAt("/w/acme/r/7/simulate");
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Paste the AccessDenied message" }));
  await user.type(screen.getByRole("textbox", { name: /The message/ }), "User: x is not authorized");
  await user.click(screen.getByRole("button", { name: "Read it" }));
  const note = await screen.findByRole("region", { name: "From the message" });
  expect(note.textContent).toContain("an identity policy would have to allow it");
  expect(note.textContent).toContain("more than one message");
  await screen.findByRole("region", { name: "Decision" });
  expect(screen.getByText("session friday")).toBeTruthy();
  await waitFor(() => expect(router.state.location.search).toMatchObject({ principal: denial.caller, action: "s3:GetObject" }));
});

it("says what is still needed where a message does not say who asked", async () => {
  serve(SERVED);
  renderAt("/w/acme/r/7/simulate?action=s3:GetObject");
  await screen.findByText("Still needed: who asks.");
});

it("says in the server's words why it cannot be asked", async () => {
  serve({ ...SERVED, [`POST ${R}/evaluate/`]: problem(400, "Must be an ARN of six fields, or `*`.") });
  renderAt(`/w/acme/r/7/simulate?principal=${ALICE}&action=s3:GetObject&resource=logs`);
  expect((await screen.findByRole("alert")).textContent).toContain("Must be an ARN of six fields");
});

it("says a decision with what it hangs on, or what stands in the way", () => {
  const plain = { otherwise: null, depends_on: [], blocked_by: [], missing: [] };
  expect(decisionSentence({ ...plain, decision: "unknown", otherwise: "allowed" })).toMatch(/^Unknown: allowed by all/);
  expect(decisionSentence({ ...plain, decision: "conditional", depends_on: ["aws:SourceIp", "aws:TagKeys"] })).toBe(
    "Allowed or denied by aws:SourceIp and aws:TagKeys of the request",
  );
  expect(decisionSentence({ ...plain, decision: "conditional", depends_on: ["aws:SourceIp"], missing: ["x"] })).toMatch(/what is missing$/);
  expect(decisionSentence({ ...plain, decision: "implicitly_denied", blocked_by: ["identity", "boundary"] })).toBe(
    "Denied: no identity policy allows it and the permissions boundary does not allow it",
  );
});

it("says a denial whether or not AWS names the policy", () => {
  expect(denialSentence({ layer: "scp", explicit: true })).toBe("AWS answered: a service control policy denies it.");
  expect(denialSentence({ layer: null, explicit: false })).toMatch(/does not say/);
});

it("takes a session's ARN apart", () => {
  expect(sessionOf("arn:aws:sts::111122223333:assumed-role/deploy/a/b")).toEqual({ role: "deploy", session: "a/b" });
  expect(sessionOf(ALICE)).toBeNull();
});
