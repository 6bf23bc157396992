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
}

export const SIMULATE_KEYS = ["principal", "action", "resource", "account", "context", "unknown"] as const;

export const isAsked = ({ principal, action }: Simulated): boolean => principal !== "" && action !== "";

export function readSimulated(raw: Record<string, string | undefined>): Simulated {
  return {
    principal: raw.principal ?? "",
    action: raw.action ?? "",
    resource: raw.resource ?? "",
    account: raw.account ?? "",
    context: rowsOf(raw.context ?? ""),
    unknown: raw.unknown === "yes",
  };
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
