import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Upload } from "../api/types";
import { BASICS, renderAt, serve } from "../testing";

const REJECTED: Upload = {
  id: 5,
  state: "failed",
  created: "2026-11-24T12:03:52Z",
  finished: "2026-11-24T12:03:53Z",
  by: "alice@example.com",
  source: "browser",
  size: 18_200_000,
  files: [
    {
      name: "payments-gaad.json",
      size: 18_200_000,
      sha256: "0",
      state: "rejected",
      kinds: [],
      accounts: [],
      notices: [],
      rejections: [
        {
          file: "payments-gaad.json",
          place: "line 3, column 17",
          rule: "valid JSON; the file ends too early",
          remedy: "Collect the file again.",
          account: null,
          excerpt: [
            { line: 2, text: '  "RoleName": "payments-settle",' },
            { line: 3, text: '  "<img src=x onerror=alert(1)>' },
          ],
        },
      ],
    },
  ],
  files_total: 1,
  progress: { step: "reading", done: 0, total: 0, accounts_done: 0, accounts_total: 0, percent: 5 },
  warnings: 0,
  revision: null,
  error: "Nothing could be read.",
};

it("says of a rejected file what happened, where, that nothing was stored, and what to do", async () => {
  serve({ ...BASICS, "GET /api/v1/workspaces/acme/uploads/": { total: 1, next: null, previous: null, results: [REJECTED] } });
  renderAt("/w/acme/uploads");
  const row = await screen.findByRole("article", { name: "Upload payments-gaad.json" });
  expect(row.textContent).toContain("Rejected");
  expect(row.textContent).toContain("Expected: valid JSON; the file ends too early (line 3, column 17). Nothing of it was stored.");
  expect(within(row).getByText("Collect the file again.")).toBeTruthy();
  expect(within(row).getByText(/<img src=x onerror/)).toBeTruthy();
  expect(within(row).getByRole("button", { name: "Retry" })).toBeTruthy();
});
