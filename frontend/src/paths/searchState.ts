/** The path finder's state in the address: everything that makes the answer, nothing else. */

export const FOLLOWED = ["can-assume", "federates-into", "runs-as", "can-escalate"] as const;
export type Followed = (typeof FOLLOWED)[number];

/** What is taken as known of the calls; empty: left open. */
export interface Assumed {
  mfa: "" | "yes" | "no";
  sourceIp: string;
  /** `known` and `none` are words, anything else is the id itself. */
  externalId: string;
}

export const NOTHING_ASSUMED: Assumed = { mfa: "", sourceIp: "", externalId: "" };

export interface PathSearch {
  from: string;
  to: string;
  via: string[];
  avoid: string[];
  follow: Followed[];
  conditional: boolean;
  unknown: boolean;
  hops: number;
  assume: Assumed;
  /** Which path and which edge of it is shown, counted from 1 as people do. */
  path: number;
  edge: number;
}

export const MOST_HOPS = 10;
const DEFAULT_HOPS = 6;

export function readPathSearch(raw: Record<string, unknown>): PathSearch {
  const text = (name: string): string => asText(raw[name]);
  const follow = listOf(text("follow")).filter((kind): kind is Followed => (FOLLOWED as readonly string[]).includes(kind));
  return {
    from: text("from"),
    to: text("to"),
    via: listOf(text("via")),
    avoid: listOf(text("avoid")),
    follow: follow.length > 0 ? follow : [...FOLLOWED],
    conditional: text("conditional") !== "no",
    unknown: text("unknown") === "yes",
    hops: numberIn(text("hops"), 1, MOST_HOPS, DEFAULT_HOPS),
    assume: { mfa: answerIn(text("mfa")), sourceIp: text("ip"), externalId: text("eid") },
    path: numberIn(text("path"), 1, 1000, 1),
    edge: numberIn(text("edge"), 1, 100, 1),
  };
}

export const PATH_KEYS = ["from", "to", "via", "avoid", "follow", "conditional", "unknown", "hops", "mfa", "ip", "eid", "path", "edge"] as const;

/** Only what differs from the default is written, so that addresses stay short. */
export function writePathSearch(search: PathSearch): Record<string, string> {
  const entries: [string, string][] = [
    ["from", search.from],
    ["to", search.to],
    ["via", joined(search.via)],
    ["avoid", joined(search.avoid)],
    ["follow", search.follow.length === FOLLOWED.length ? "" : search.follow.join(" ")],
    ["conditional", search.conditional ? "" : "no"],
    ["unknown", search.unknown ? "yes" : ""],
    ["hops", search.hops === DEFAULT_HOPS ? "" : String(search.hops)],
    ["mfa", search.assume.mfa],
    ["ip", search.assume.sourceIp],
    ["eid", search.assume.externalId],
    ["path", search.path === 1 ? "" : String(search.path)],
    ["edge", search.edge === 1 ? "" : String(search.edge)],
  ];
  return Object.fromEntries(entries.filter(([, value]) => value !== ""));
}

function answerIn(text: string): Assumed["mfa"] {
  return text === "yes" || text === "no" ? text : "";
}

function asText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** Ids are joined by blanks; a blank inside one (a token's subject may hold it) is escaped. */
function listOf(text: string): string[] {
  return text.split(" ").filter(Boolean).map((id) => id.replaceAll("%20", " ").replaceAll("%25", "%"));
}

function joined(ids: string[]): string {
  return ids.map((id) => id.replaceAll("%", "%25").replaceAll(" ", "%20")).join(" ");
}

function numberIn(text: string, least: number, most: number, otherwise: number): number {
  const value = Number(text);
  return text !== "" && Number.isInteger(value) && value >= least && value <= most ? value : otherwise;
}
