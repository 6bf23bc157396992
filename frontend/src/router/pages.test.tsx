import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { BASICS, renderAt, serve, WORKSPACE } from "../testing";

const OVERVIEW = {
  ...BASICS,
  "GET /api/v1/workspaces/acme/revisions/7/accounts/": [],
  "GET /api/v1/workspaces/acme/revisions/7/identities/": {
    total: 0,
    next: null,
    previous: null,
    results: [],
    facets: { kind: {}, account: [], admin: {}, external: {}, mfa: {} },
  },
  "GET /api/v1/workspaces/acme/revisions/7/coverage/": {
    summary: { accounts: 1, fresh: 1, stale: 0, incomplete: 0 },
    accounts: [],
    notices: { total: 0, next: null, previous: null, results: [] },
  },
};

it("puts the number of the newest revision in the place of 'latest'", async () => {
  serve(OVERVIEW);
  const { router } = renderAt("/w/acme/r/latest/overview?x=1");
  await screen.findByRole("heading", { level: 1, name: "Acme, 23 Nov 2026" });
  expect(router.state.location.href).toBe("/w/acme/r/7/overview?x=1");
});

it("has a title that a person would put on a ticket", async () => {
  serve(OVERVIEW);
  renderAt("/w/acme/r/7/overview");
  await waitFor(() => expect(document.title).toBe("Overview · Acme · iamviz"));
});

it("leads from a number to the list behind it, and Back leads to the number again", async () => {
  serve(OVERVIEW);
  const { router } = renderAt("/w/acme/r/7/overview");
  const identities = await screen.findByRole("region", { name: "Identities" });
  await userEvent.click(await within(identities).findByRole("link", { name: "2" }));
  await screen.findByRole("heading", { name: "No identity matches" });
  expect(router.state.location.href).toBe("/w/acme/r/7/identities?kind=role");
  router.history.back();
  await screen.findByRole("heading", { level: 1, name: "Acme, 23 Nov 2026" });
});

it("says what to do first where nothing has been read", async () => {
  serve({
    ...BASICS,
    "GET /api/v1/workspaces/acme/": { ...WORKSPACE, latest_revision: null },
    "GET /api/v1/workspaces/acme/uploads/": { total: 0, next: null, previous: null, results: [] },
  });
  renderAt("/w/acme/r/latest/overview");
  await screen.findByRole("heading", { name: "Nothing has been read yet" });
  expect(screen.getByRole("button", { name: "Load the sample organization" })).toBeTruthy();
  expect(screen.getByText(/aws iam get-account-authorization-details --output json/)).toBeTruthy();
});

it("does not offer to upload to a member who may only look", async () => {
  serve({
    ...BASICS,
    "GET /api/v1/workspaces/acme/": { ...WORKSPACE, latest_revision: null, role: "viewer" },
    "GET /api/v1/workspaces/acme/uploads/": { total: 0, next: null, previous: null, results: [] },
  });
  renderAt("/w/acme/r/latest/overview");
  const button = await screen.findByRole("button", { name: "Choose files" });
  await waitFor(() => expect(button).toHaveProperty("disabled", true));
});

it("tells a revision that is not there from one that failed", async () => {
  serve(BASICS);
  renderAt("/w/acme/r/99/overview");
  await screen.findByRole("heading", { name: "There is no such page" });
});

it("opens the search with a slash, and finds by name", async () => {
  serve({
    ...OVERVIEW,
    "GET /api/v1/workspaces/acme/revisions/7/search/": [
      {
        id: "arn:aws:iam::111122223333:role/<b>deploy</b>",
        key: "k",
        kind: "role",
        name: "<b>deploy</b>",
        account: "111122223333",
        account_name: "prod-core",
        admin: "no",
      },
    ],
  });
  const { router } = renderAt("/w/acme/r/7/overview");
  await screen.findByRole("heading", { level: 1 });
  const user = userEvent.setup();
  await user.keyboard("/");
  await user.type(await screen.findByRole("combobox"), "deploy");
  await user.click(await screen.findByText("<b>deploy</b>"));
  expect(router.state.location.pathname).toBe("/w/acme/r/7/identities/k");
});
