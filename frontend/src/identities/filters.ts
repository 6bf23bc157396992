/** The filters of the identities table, as words in the address and as a query. */
import type { operations } from "../api/schema";
import type { SearchText } from "../router/url-state";

type Query = NonNullable<operations["listIdentities"]["parameters"]["query"]>;

const KINDS = ["role", "user", "group"] as const;
const ADMINS = ["certain", "conditional", "no"] as const;
const MFA = ["yes", "no", "unknown"] as const;
const KEYS = ["active", "none", "unknown"] as const;
const USED = ["30", "90", "365", "older", "never"] as const;
const COLUMNS = ["name", "kind", "account", "created", "last_used", "trusted_by", "can_become", "admin"] as const;

export type Ordering = (typeof COLUMNS)[number];

export const FILTERS = ["kind", "account", "admin", "external", "mfa", "keys", "used", "search"] as const;
export type Filter = (typeof FILTERS)[number];

const isOneOf = <Word extends string>(words: readonly Word[], word: string): word is Word => words.some((known) => known === word);

/** The words of a filter: several are separated by commas. */
export const wordsOf = (text: string | undefined): string[] => (text ?? "").split(",").filter(Boolean);

function several<Word extends string>(words: readonly Word[], text: string | undefined): Word[] | undefined {
  const known = wordsOf(text).filter((word) => isOneOf(words, word));
  return known.length > 0 ? known : undefined;
}

/** Which column sorts, and which way. */
export function orderingOf(search: SearchText): { column: Ordering; down: boolean } {
  const text = search.ordering ?? "name";
  const column = text.replace(/^-/, "");
  return isOneOf(COLUMNS, column) ? { column, down: text.startsWith("-") } : { column: "name", down: false };
}

/** Drops what is not set: the query has no empty words. */
function present<Values extends object>(values: Values): { [Key in keyof Values]: Exclude<Values[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}

export function queryOf(search: SearchText): Query {
  const accounts = wordsOf(search.account);
  const { column, down } = orderingOf(search);
  return present({
    kind: several(KINDS, search.kind),
    admin: several(ADMINS, search.admin),
    account: accounts.length > 0 ? accounts : undefined,
    external: search.external === undefined ? undefined : search.external === "true",
    mfa: several(MFA, search.mfa),
    keys: several(KEYS, search.keys),
    used: several(USED, search.used),
    search: search.search === "" ? undefined : search.search,
    ordering: `${down ? "-" : ""}${column}` as const,
  });
}

/** A word more, or one less, if it was there. */
export function toggled(text: string | undefined, word: string): string | undefined {
  const words = wordsOf(text);
  const changed = words.includes(word) ? words.filter((other) => other !== word) : [...words, word];
  return changed.length > 0 ? changed.join(",") : undefined;
}
