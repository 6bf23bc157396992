/** The facets beside the table; counts are of what the other filters leave. */
import { useState } from "react";
import type { Facets } from "../api/types";
import type { SearchText, SetSearch } from "../router/url-state";
import { Button } from "../ui/Button";
import { Facet, type FacetValue } from "../ui/Facet";
import { KindMark } from "../ui/KindMark";
import { toggled, wordsOf } from "./filters";
import styles from "./IdentitiesPage.module.css";

interface Props {
  facets: Facets;
  search: SearchText;
  change: SetSearch;
}

const KINDS = [
  { value: "role", label: "Role" },
  { value: "user", label: "User" },
  { value: "group", label: "Group" },
];
const ADMIN = [
  { value: "certain", label: "Yes" },
  { value: "conditional", label: "On a condition" },
  { value: "no", label: "No" },
];
const EXTERNAL = [
  { value: "true", label: "Yes" },
  { value: "false", label: "No" },
];
const MFA = [
  { value: "yes", label: "Has a device" },
  { value: "no", label: "Has none" },
  { value: "unknown", label: "Not known" },
];
const KEYS = [
  { value: "active", label: "Active keys" },
  { value: "none", label: "None" },
  { value: "unknown", label: "Not known" },
];
const USED = [
  { value: "30", label: "Within 30 days" },
  { value: "90", label: "Within 90 days" },
  { value: "365", label: "Within a year" },
  { value: "older", label: "Longer ago" },
  { value: "never", label: "Not seen" },
];
const ACCOUNTS_SHOWN = 10;

/** Values that lead somewhere, and those that are chosen although they do not. */
function withCounts(
  values: readonly { value: string; label: string }[],
  counts: Record<string, number>,
  chosen: string | undefined,
): FacetValue[] {
  const words = wordsOf(chosen);
  return values
    .map((item) => ({ ...item, count: counts[item.value] ?? 0 }))
    .filter((item) => item.count > 0 || words.includes(item.value));
}

/** Accounts by size; the chosen ones always among them. */
function AccountFacet({ facets, search, change }: Props) {
  const [all, setAll] = useState(false);
  const chosen = wordsOf(search.account);
  const shown = facets.account.filter((account, index) => all || index < ACCOUNTS_SHOWN || chosen.includes(account.value));
  return (
    <Facet
      name="Account"
      values={shown}
      chosen={chosen}
      onChoose={(value) => change({ account: toggled(search.account, value) })}
    >
      {facets.account.length > ACCOUNTS_SHOWN && (
        <Button look="link" className={styles.more} onClick={() => setAll(!all)}>
          {all ? "Fewer" : `All ${facets.account.length}`}
        </Button>
      )}
    </Facet>
  );
}

/** Words without counts of their own. */
function Choice({ name, filter, values, search, change }: Omit<Props, "facets"> & {
  name: string;
  filter: "keys" | "used";
  values: readonly { value: string; label: string }[];
}) {
  const chosen = wordsOf(search[filter]);
  return (
    <section className={styles.choice} aria-label={name}>
      <h2>{name}</h2>
      <ul>
        {values.map((item) => (
          <li key={item.value}>
            <button
              type="button"
              aria-pressed={chosen.includes(item.value)}
              onClick={() => change({ [filter]: toggled(search[filter], item.value) })}
            >
              {item.label}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function IdentityFacets({ facets, search, change }: Props) {
  const several = (filter: "kind" | "admin" | "mfa") => (value: string) => change({ [filter]: toggled(search[filter], value) });
  const outside = (value: string) => change({ external: search.external === value ? undefined : value });
  const kinds = withCounts(KINDS, facets.kind, search.kind).map((item) => ({ ...item, mark: <KindMark kind={item.value} decorative /> }));
  return (
    <>
      <Facet name="Kind" values={kinds} chosen={wordsOf(search.kind)} onChoose={several("kind")} />
      <Facet name="Admin" values={withCounts(ADMIN, facets.admin, search.admin)} chosen={wordsOf(search.admin)} onChoose={several("admin")} />
      <Facet
        name="Trusted from outside"
        values={withCounts(EXTERNAL, facets.external, search.external)}
        chosen={wordsOf(search.external)}
        onChoose={outside}
      />
      <AccountFacet facets={facets} search={search} change={change} />
      <Facet name="MFA of users" values={withCounts(MFA, facets.mfa, search.mfa)} chosen={wordsOf(search.mfa)} onChoose={several("mfa")} />
      <Choice name="Access keys" filter="keys" values={KEYS} search={search} change={change} />
      <Choice name="Last used" filter="used" values={USED} search={search} change={change} />
    </>
  );
}
