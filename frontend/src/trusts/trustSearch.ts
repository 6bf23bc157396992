/** The trusts page's state in the address. */
import type { Certainty } from "../api/types";
import type { SearchText } from "../router/url-state";

export const CERTAINTIES: Certainty[] = ["certain", "conditional", "unknown"];

export interface TrustSearch {
  account: string;
  /** "yes": only principals from outside; "no": only those inside. */
  external: "" | "yes" | "no";
  /** "yes": only principals of other accounts. */
  cross: "" | "yes";
  certainty: "" | Certainty;
  search: string;
  cursor: string;
  /** The trust whose evidence is shown. */
  principal: string;
  role: string;
}

export function readTrustSearch(raw: SearchText): TrustSearch {
  const external = raw.external === "yes" || raw.external === "no" ? raw.external : "";
  const certainty = CERTAINTIES.find((each) => each === raw.certainty) ?? "";
  const text = (name: string): string => raw[name] ?? "";
  return {
    external,
    certainty,
    cross: raw.cross === "yes" ? "yes" : "",
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
    ...(search.account === "" ? {} : { account: [search.account] }),
    ...(search.external === "" ? {} : { external: search.external === "yes" }),
    ...(search.cross === "" ? {} : { cross_account: true }),
    ...(search.certainty === "" ? {} : { certainty: [search.certainty] }),
    ...(search.search === "" ? {} : { search: search.search }),
    ...(search.cursor === "" ? {} : { cursor: search.cursor }),
  };
}

/** `next` and `previous` are addresses; what the page keeps of them is the cursor. */
export function cursorOf(address: string | null): string {
  if (address === null) return "";
  return new URL(address, "http://localhost").searchParams.get("cursor") ?? "";
}

export const NO_FILTER = { account: "", external: "", cross: "", certainty: "", search: "", cursor: "" } as const;

export function isFiltered({ account, external, cross, certainty, search }: TrustSearch): boolean {
  return [account, external, cross, certainty, search].some((value) => value !== "");
}
