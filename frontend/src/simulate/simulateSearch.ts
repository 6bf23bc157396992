/** What is simulated, as the address holds it: who does what on what, and what is known of the request. */

export interface ContextRow {
  key: string;
  value: string;
}

export interface Simulated {
  /** A node's id, or the ARN of a session. */
  principal: string;
  action: string;
  resource: string;
  /** Who owns the resource, where its ARN does not say. */
  account: string;
  /** A key that stands twice holds a list. */
  context: ContextRow[];
  /** Whether keys that are not given are unknown, not absent. */
  unknown: boolean;
  /** The resource's own policy as it was pasted; empty: the revision's, if it has one. */
  policy: string;
}

export const SIMULATE_KEYS = ["principal", "action", "resource", "account", "context", "unknown"] as const;

export const isAsked = ({ principal, action }: Simulated): boolean => principal !== "" && action !== "";

/** Whether a role is to be assumed: what decides on its side is its trust policy. */
export const asksTrust = ({ action }: Pick<Simulated, "action">): boolean => /^sts:(assumerole|tagsession|setsourceidentity|setcontext)/i.test(action.trim());

export function readSimulated(raw: Record<string, string | undefined>, hash = ""): Simulated {
  return {
    principal: raw.principal ?? "",
    action: raw.action ?? "",
    resource: raw.resource ?? "",
    account: raw.account ?? "",
    context: rowsOf(raw.context ?? ""),
    unknown: raw.unknown === "yes",
    policy: policyOf(hash),
  };
}

/** One text for a question: two that ask the same have the same. */
export const questionKey = (question: Simulated): string => JSON.stringify([writeSimulated(question), question.policy]);

/** What a resource of the action looks like: the shortest of the forms that AWS lists. */
export function resourceHint(forms: readonly string[] | undefined): string {
  if (forms?.length === 0) return "*";
  const [shortest] = [...(forms ?? [])].sort((a, b) => a.length - b.length);
  const words = shortest?.replaceAll("${Partition}", "aws").replaceAll(/\$\{(\w+)\}/g, "$1");
  return words ?? "ARN of the resource; empty: *";
}

const POLICY = "policy=";

/** A policy stands behind the "#": that part may be long, and no browser sends it to a server or into a log. */
export function policyHash(policy: string): string {
  if (policy.trim() === "") return "";
  const bytes = new TextEncoder().encode(policy);
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return POLICY + text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function policyOf(hash: string): string {
  if (!hash.startsWith(POLICY)) return "";
  try {
    const text = atob(hash.slice(POLICY.length).replaceAll("-", "+").replaceAll("_", "/"));
    return new TextDecoder().decode(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
  } catch {
    // Cut short or mangled on its way here: as if it had none.
    return "";
  }
}

/** Only what differs from the default is written, so that addresses stay short. */
export function writeSimulated(question: Simulated): Record<string, string> {
  const entries: [string, string][] = [
    ["principal", question.principal],
    ["action", question.action.trim()],
    ["resource", question.resource.trim()],
    ["account", question.account.trim()],
    ["context", question.context.filter(({ key }) => key.trim() !== "").map(rowText).join(" ")],
    ["unknown", question.unknown ? "yes" : ""],
  ];
  return Object.fromEntries(entries.filter(([, value]) => value !== ""));
}

/** The context as the API takes it. A key counts in any case, so that two spellings of one make a list. */
export function contextOf(rows: readonly ContextRow[]): Record<string, string | string[]> {
  const values = new Map<string, { key: string; values: string[] }>();
  for (const { key, value } of rows) {
    const name = key.trim();
    if (name === "") continue;
    const found = values.get(name.toLowerCase());
    if (found) found.values.push(value);
    else values.set(name.toLowerCase(), { key: name, values: [value] });
  }
  return Object.fromEntries([...values.values()].map((each) => [each.key, each.values.length === 1 ? (each.values[0] ?? "") : each.values]));
}

/** Rows are joined by blanks, key and value by the first "="; blanks and "=" inside are escaped. */
function rowText({ key, value }: ContextRow): string {
  return `${escaped(key.trim()).replaceAll("=", "%3D")}=${escaped(value)}`;
}

function rowsOf(text: string): ContextRow[] {
  return text
    .split(" ")
    .filter(Boolean)
    .map((row) => {
      const [key = "", ...rest] = row.split("=");
      return { key: unescaped(key), value: unescaped(rest.join("=")) };
    });
}

const escaped = (text: string): string => text.replaceAll("%", "%25").replaceAll(" ", "%20");
const unescaped = (text: string): string => text.replaceAll("%20", " ").replaceAll("%3D", "=").replaceAll("%25", "%");
