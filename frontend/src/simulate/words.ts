/** Decisions and denials in plain words. */
import type { DecidingLayer, Decision, Denial, Evaluation } from "../api/types";
import type { VerdictKind } from "../ui/Verdict";

export const VERDICTS: Record<Decision, VerdictKind> = {
  allowed: "certain",
  conditional: "conditional",
  implicitly_denied: "blocked",
  explicitly_denied: "blocked",
  unknown: "unknown",
};

const DECISIONS: Record<Decision, string> = {
  allowed: "Allowed",
  conditional: "Allowed if the request is right",
  implicitly_denied: "Denied",
  explicitly_denied: "Denied by an explicit Deny",
  unknown: "Unknown",
};

const OTHERWISE: Partial<Record<Decision, string>> = {
  allowed: "allowed by all that this revision holds, unless what is missing denies it",
  conditional: "allowed under conditions by all that this revision holds, unless what is missing denies it",
  implicitly_denied: "not allowed by anything that this revision holds, unless what is missing allows it",
};

const BLOCKERS: Record<DecidingLayer, string> = {
  identity: "no identity policy allows it",
  resource: "the resource's own policy does not let the caller in",
  boundary: "the permissions boundary does not allow it",
  session: "the session policy does not allow it",
  scp: "the service control policies do not allow it",
  rcp: "the resource control policies do not allow it",
  vpce: "the VPC endpoint policy does not allow it",
  "s3-bpa": "S3 Block Public Access keeps the caller out",
  iam: "AWS keeps this to itself",
};

type Decided = Pick<Evaluation, "decision" | "otherwise" | "depends_on" | "blocked_by" | "missing">;

/** "Denied: the permissions boundary does not allow it". */
export function decisionSentence({ decision, otherwise, depends_on, blocked_by, missing }: Decided): string {
  if (decision === "implicitly_denied" && blocked_by.length > 0) return `Denied: ${listed(blocked_by.map((layer) => BLOCKERS[layer]))}`;
  if (decision === "conditional" && depends_on.length > 0) {
    return `Allowed or denied by ${listed(depends_on)} of the request${missing.length > 0 ? ", and by what is missing" : ""}`;
  }
  const more = decision === "unknown" && otherwise ? OTHERWISE[otherwise] : undefined;
  return more ? `${DECISIONS[decision]}: ${more}` : DECISIONS[decision];
}

const LAYERS: Record<NonNullable<Denial["layer"]>, string> = {
  identity: "an identity policy",
  resource: "the resource's own policy",
  boundary: "a permissions boundary",
  session: "a session policy",
  scp: "a service control policy",
  rcp: "a resource control policy",
  vpce: "a VPC endpoint policy",
};

/** What AWS said no with: "AWS answered: no identity policy allows it". */
export function denialSentence({ layer, explicit }: Pick<Denial, "layer" | "explicit">): string {
  if (explicit) return layer ? `AWS answered: ${LAYERS[layer]} denies it.` : "AWS answered: a policy denies it.";
  return layer ? `AWS answered: ${LAYERS[layer]} would have to allow it, and none does.` : "AWS does not say which policy stood in the way.";
}

function listed(words: readonly string[]): string {
  return words.length <= 1 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** Role and session of the ARN of a session; null for everything else. */
export function sessionOf(arn: string): { role: string; session: string } | null {
  const found = /^arn:[^:]+:sts::[^:]*:assumed-role\/([^/]+)\/(.+)$/.exec(arn);
  return found ? { role: found[1] ?? "", session: found[2] ?? "" } : null;
}
