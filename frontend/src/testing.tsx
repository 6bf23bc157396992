/** For tests: a server of a few answers, and the whole interface at an address. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import { vi } from "vitest";
import type { Me, Revision, Workspace } from "./api/types";
import { makeRouter } from "./router/router";

export interface Asked {
  method: string;
  url: URL;
  headers: Headers;
  /** What was sent along, as text. */
  body: () => Promise<string>;
}

export interface Answer {
  status?: number;
  body: unknown;
}

/** Answers by "METHOD /path"; everything else is a 404. What was asked is returned. */
export function serve(answers: Record<string, Answer | unknown[] | object>): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", (request: Request) => {
    const url = new URL(request.url);
    asked.push({ method: request.method, url, headers: request.headers, body: () => request.text() });
    return Promise.resolve(asResponse(answers[`${request.method} ${url.pathname}`] ?? NOT_FOUND));
  });
  return asked;
}

export const problem = (status: number, detail: string): Answer => ({
  status,
  body: { type: "about:blank", title: "Problem", status, detail },
});
const NOT_FOUND = problem(404, "There is nothing here.");

function asResponse(answer: unknown): Response {
  const full = isAnswer(answer) ? answer : { status: 200, body: answer };
  return new Response(JSON.stringify(full.body), {
    status: full.status ?? 200,
    headers: { "Content-Type": (full.status ?? 200) < 400 ? "application/json" : "application/problem+json" },
  });
}

const isAnswer = (answer: unknown): answer is Answer => typeof answer === "object" && answer !== null && "body" in answer;

export function renderAt(address: string) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const history = createMemoryHistory({ initialEntries: [address] });
  const router = makeRouter(queryClient, history);
  render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  return { router, queryClient };
}

export const ME: Me = {
  id: 1,
  email: "alice@example.com",
  name: "Alice Ames",
  workspaces: [{ slug: "acme", name: "Acme", role: "owner" }],
};

export const WORKSPACE: Workspace = { slug: "acme", name: "Acme", role: "owner", latest_revision: 7, has_sample: false };

export const REVISION: Revision = {
  number: 7,
  created: "2026-11-23T06:14:00Z",
  collected_from: "2026-11-22T06:00:00Z",
  collected_to: "2026-11-23T06:00:00Z",
  current: true,
  source: "browser",
  by: "alice@example.com",
  accounts: 1,
  identities: 3,
  counts: { users: 1, roles: 2, groups: 0 },
  edges: { "can-assume": { certain: 1, conditional: 2 } },
  admins: 1,
  external: { roles_trusted_from_outside: 1, roles_trusted_by_anyone: 0, outside_parties: 1 },
  warnings: 0,
  top_trusted_accounts: [],
  analysed_seconds: 0.1,
};

/** What every page asks for. */
export const BASICS = {
  "GET /api/v1/me/": ME,
  "GET /api/v1/workspaces/acme/": WORKSPACE,
  "GET /api/v1/workspaces/acme/revisions/7/": REVISION,
  "GET /api/v1/workspaces/acme/revisions/": { total: 1, next: null, previous: null, results: [REVISION] },
};
