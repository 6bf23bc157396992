/** Who is trusted, in words: "any principal of data-lake whose own policies let it". */
import type { Trust } from "../api/types";
import type { NodeRef } from "../scene/model";
import { conditionInWords } from "../scene/words";

type InWords = (principal: NodeRef, place: string, outside: boolean) => string;

const named: InWords = ({ name }, place) => (place ? `${name} in ${place}` : name);
const whole: InWords = ({ name }, place, outside) => `Any principal of ${place || name}${outside ? ", outside" : ""}`;

const WORDS: Partial<Record<NodeRef["kind"], InWords>> = {
  anyone: () => "Anyone, in any AWS account",
  account: whole,
  "external-account": whole,
  service: ({ name }) => `The service ${name}`,
  dangling: ({ name }) => `${name}, which no longer exists`,
  user: named,
  role: named,
  "external-principal": named,
};

export function principalInWords(principal: NodeRef, outside: boolean): string {
  const words = WORDS[principal.kind];
  return words ? words(principal, principal.account_name ?? principal.account ?? "", outside) : principal.name;
}

/** Services and providers are not identities of the snapshot: a zero beside them would read as "nobody". */
export function isCounted({ kind }: NodeRef): boolean {
  return !["service", "oidc-provider", "saml-provider", "web-identity"].includes(kind);
}

/** What the statement asks for; where it asks for nothing, the callers' own policies still may. */
export function needsInWords({ conditions, certainty }: Pick<Trust, "conditions" | "certainty">): string[] {
  if (conditions.length > 0) return conditions.map(conditionInWords);
  return [certainty === "conditional" ? "nothing here; the caller's policies have conditions" : "nothing"];
}
