/** The trusts page's state in the address. */
import type { SearchText } from "../router/url-state";

export interface TrustSearch {
  account: string;
  /** "yes": only principals from outside; "no": only those inside. */
  external: "" | "yes" | "no";
  search: string;
  cursor: string;
  /** The trust whose evidence is shown. */
  principal: string;
  role: string;
}

export function readTrustSearch(raw: SearchText): TrustSearch {
  const external = raw.external === "yes" || raw.external === "no" ? raw.external : "";
  const text = (name: string): string => raw[name] ?? "";
  return {
    external,
    account: text("account"),
    search: text("search"),
    cursor: text("cursor"),
    principal: text("principal"),
    role: text("role"),
  };
}

export function trustQuery(search: TrustSearch) {
  return {
    limit: 50,
    ...(search.account && { account: search.account }),
    ...(search.external && { external: search.external === "yes" }),
    ...(search.search && { search: search.search }),
    ...(search.cursor && { cursor: search.cursor }),
  };
}

/** `next` and `previous` are addresses; what the page keeps of them is the cursor. */
export function cursorOf(address: string | null): string {
  if (address === null) return "";
  return new URL(address, "http://localhost").searchParams.get("cursor") ?? "";
}
