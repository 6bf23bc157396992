/** The one way to the server: typed by its schema, with CSRF, problem documents turned into errors. */
import createClient, { type Middleware } from "openapi-fetch";
import type { components, paths } from "./schema";

type Problem = Partial<components["schemas"]["Problem"]>;
export type FieldProblem = components["schemas"]["FieldProblem"];

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/** What the server said went wrong, in its own words. */
export class ApiError extends Error {
  readonly status: number;
  readonly fields: readonly FieldProblem[];

  constructor(status: number, problem: Problem) {
    super(problem.detail ?? problem.title ?? sayStatus(status));
    this.name = "ApiError";
    this.status = status;
    this.fields = problem.errors ?? [];
  }
}

function sayStatus(status: number): string {
  if (status === 0) return "The server could not be reached. Check the connection, then try again.";
  if (status === 413) return "The files are larger than this server accepts at once. Send fewer of them, or a zip.";
  if (status >= 500) return "The server failed to answer. Nothing was changed; try again in a moment.";
  return `The server refused the request (status ${status}).`;
}

export function csrfToken(): string {
  const shell = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content;
  return shell ?? /(?:^|;\s*)iamviz_csrf=([^;]+)/.exec(document.cookie)?.[1] ?? "";
}

function goToSignIn(): void {
  const here = window.location.pathname + window.location.search;
  window.location.assign(`/sign-in/?next=${encodeURIComponent(here)}`);
}

const withCsrf: Middleware = {
  onRequest({ request }) {
    if (!SAFE.has(request.method)) request.headers.set("X-CSRFToken", csrfToken());
    return request;
  },
  onResponse({ response }) {
    if (response.status === 401) goToSignIn();
  },
  onError() {
    return new ApiError(0, {});
  },
};

export const api = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: "same-origin",
  headers: { Accept: "application/json" },
  // Looked up at each call, so that a test can put its own in place.
  fetch: (request) => globalThis.fetch(request),
});
api.use(withCsrf);

interface Outcome<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** The answer's content; an ApiError if there is none. */
export async function answer<Data>(call: Promise<Outcome<Data>>): Promise<NonNullable<Data>> {
  const { data, error, response } = await call;
  if (!response.ok) throw new ApiError(response.status, readProblem(error));
  // 204 has no content; callers that ask for some get what the schema promises.
  return data as NonNullable<Data>;
}

function readProblem(error: unknown): Problem {
  return typeof error === "object" && error !== null ? error : {};
}

export { readProblem };
