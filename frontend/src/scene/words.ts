/** Relations and conditions in plain words, with the condition's key named. */
import type { Certainty, Condition, Evidence, NodeRef, Relation, RelationKind } from "./model";

export const KIND_WORDS: Record<RelationKind, string> = {
  "member-of": "is a member of",
  "can-assume": "assumes",
  "federates-into": "signs in as",
  "runs-as": "runs as",
  "can-escalate": "takes over",
  "can-read": "reads",
  "is-admin": "is admin of",
};

const CALLS: Record<RelationKind, string> = {
  "member-of": "group membership",
  "can-assume": "sts:AssumeRole",
  "federates-into": "sts:AssumeRoleWithWebIdentity",
  "runs-as": "instance profile or service role",
  "can-escalate": "privilege escalation",
  "can-read": "read access",
  "is-admin": "administrator rights",
};

const LABELS: Record<RelationKind, string> = {
  "member-of": "member of",
  "can-assume": "AssumeRole",
  "federates-into": "federates",
  "runs-as": "runs as",
  "can-escalate": "escalates",
  "can-read": "reads",
  "is-admin": "is admin",
};

export function callWord({ kind, source, methods }: Pick<Relation, "kind" | "source" | "methods">): string {
  if (kind === "can-escalate" && methods.length > 0) return methods.join(", ");
  if (kind === "runs-as" && source.kind === "service") return "sts:AssumeRole by the service";
  return kind === "federates-into" && source.kind === "saml-provider" ? "sts:AssumeRoleWithSAML" : CALLS[kind];
}

export function labelWord(kind: RelationKind): string {
  return LABELS[kind];
}

export const CERTAINTY_WORDS: Record<Certainty, string> = {
  certain: "Allowed",
  conditional: "Allowed if",
  unknown: "Unknown",
};

interface KeyWords {
  /** At most two words: for an edge label ("if MFA"). */
  short: string;
  /** The thing that is compared, as the subject of a sentence. */
  subject: string;
}

const KEYS: Record<string, KeyWords> = {
  "aws:multifactorauthpresent": { short: "MFA", subject: "sign-in with MFA" },
  "aws:multifactorauthage": { short: "MFA age", subject: "the seconds since the MFA sign-in" },
  "aws:sourceip": { short: "address", subject: "the caller's IP address" },
  "aws:vpcsourceip": { short: "address", subject: "the caller's address inside the VPC" },
  "aws:sourcevpc": { short: "VPC", subject: "the VPC that the call comes from" },
  "aws:sourcevpce": { short: "VPC endpoint", subject: "the VPC endpoint that the call comes through" },
  "aws:principalorgid": { short: "organization", subject: "the caller's organization" },
  "aws:principalorgpaths": { short: "OU", subject: "the caller's place in the organization" },
  "aws:principalarn": { short: "caller", subject: "the caller's ARN" },
  "aws:principalaccount": { short: "account", subject: "the caller's account" },
  "aws:principaltype": { short: "caller type", subject: "the caller's type" },
  "aws:userid": { short: "caller id", subject: "the caller's unique id" },
  "aws:username": { short: "user name", subject: "the caller's user name" },
  "aws:sourceaccount": { short: "source account", subject: "the account that the service acts for" },
  "aws:sourcearn": { short: "source ARN", subject: "the resource that the service acts for" },
  "aws:requestedregion": { short: "region", subject: "the region that is called" },
  "aws:currenttime": { short: "time", subject: "the time of the call" },
  "aws:epochtime": { short: "time", subject: "the time of the call" },
  "aws:securetransport": { short: "TLS", subject: "use of TLS" },
  "sts:externalid": { short: "ExternalId", subject: "the ExternalId that the caller sends" },
  "sts:rolesessionname": { short: "session name", subject: "the session name" },
  "sts:sourceidentity": { short: "source identity", subject: "the source identity" },
  "sts:transitivetagkeys": { short: "session tags", subject: "the transitive session tags" },
  "saml:aud": { short: "audience", subject: "the SAML audience" },
  "saml:sub": { short: "subject", subject: "the SAML subject" },
};

function keyWords(key: string): KeyWords {
  const known = KEYS[key.toLowerCase()];
  if (known) return known;
  const [prefix = "", ...rest] = key.split("/");
  const tag = rest.join("/");
  const lower = prefix.toLowerCase();
  if (lower === "aws:principaltag") return { short: `tag ${tag}`, subject: `the caller's tag ${tag}` };
  if (lower === "aws:requesttag") return { short: `session tag ${tag}`, subject: `the session tag ${tag}` };
  if (lower.endsWith("resourcetag")) return { short: `tag ${tag}`, subject: `the role's tag ${tag}` };
  return federatedWords(key);
}

/** Keys of an OIDC provider are its address and a claim: `token.actions.githubusercontent.com:sub`. */
function federatedWords(key: string): KeyWords {
  const claim = key.slice(key.lastIndexOf(":") + 1);
  if (claim === "sub") return { short: "subject", subject: "the token's subject" };
  if (claim === "aud") return { short: "audience", subject: "the token's audience" };
  return { short: claim || key, subject: key };
}

interface Comparison {
  holds: string;
  fails: string;
}

const COMPARISONS: [RegExp, Comparison][] = [
  [/^(String|Arn)NotEquals(IgnoreCase)?$|^NumericNotEquals$|^DateNotEquals$/i, { holds: "is not", fails: "is" }],
  [/^(String|Arn)NotLike$/i, { holds: "does not match", fails: "matches" }],
  [/^(String|Arn)Equals(IgnoreCase)?$|^NumericEquals$|^DateEquals$|^BinaryEquals$|^Bool$/i, { holds: "is", fails: "is not" }],
  [/^(String|Arn)Like$/i, { holds: "matches", fails: "does not match" }],
  [/^NotIpAddress$/i, { holds: "is outside", fails: "is in" }],
  [/^IpAddress$/i, { holds: "is in", fails: "is outside" }],
  [/^NumericLessThan$/i, { holds: "is below", fails: "is at least" }],
  [/^NumericLessThanEquals$/i, { holds: "is at most", fails: "is above" }],
  [/^NumericGreaterThan$/i, { holds: "is above", fails: "is at most" }],
  [/^NumericGreaterThanEquals$/i, { holds: "is at least", fails: "is below" }],
  [/^DateLessThan(Equals)?$/i, { holds: "is before", fails: "is not before" }],
  [/^DateGreaterThan(Equals)?$/i, { holds: "is after", fails: "is not after" }],
];

interface Operator {
  set: "all" | "any" | null;
  base: string;
  ifExists: boolean;
}

function readOperator(operator: string): Operator {
  const [first = "", second] = operator.split(":");
  const base = second ?? first;
  const set = second === undefined ? null : /^forall/i.test(first) ? "all" : "any";
  const ifExists = /IfExists$/i.test(base);
  return { set, base: ifExists ? base.slice(0, -"IfExists".length) : base, ifExists };
}

const LISTED = 3;

function valuesInWords(values: string[]): string {
  const quoted = values.map((value) => (value === "" ? "empty" : value));
  if (quoted.length <= 1) return quoted[0] ?? "nothing";
  if (quoted.length <= LISTED) return `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
  return `${quoted.slice(0, LISTED).join(", ")} or ${quoted.length - LISTED} more`;
}

/** "the caller's IP address is in 203.0.113.0/24"; an operator that is not known is quoted as it stands. */
export function conditionInWords(condition: Condition): string {
  const { set, base, ifExists } = readOperator(condition.operator);
  const { subject } = keyWords(condition.key);
  const sentence =
    presenceInWords(subject, base, condition) ??
    mfaInWords(base, condition) ??
    comparisonInWords(set === null ? subject : `${set === "all" ? "every value" : "some value"} of ${subject}`, base, condition);
  return ifExists ? `${sentence}, or is not sent` : sentence;
}

function presenceInWords(subject: string, base: string, condition: Condition): string | null {
  if (!/^Null$/i.test(base)) return null;
  const absent = condition.values.every((value) => value.toLowerCase() === "true") !== condition.negated;
  return `${subject} is ${absent ? "not sent" : "sent"}`;
}

function mfaInWords(base: string, condition: Condition): string | null {
  if (!/^Bool$/i.test(base) || condition.key.toLowerCase() !== "aws:multifactorauthpresent") return null;
  const required = condition.values.every((value) => value.toLowerCase() === "true") !== condition.negated;
  return required ? "the caller signed in with MFA" : "the caller signed in without MFA";
}

function comparisonInWords(subject: string, base: string, condition: Condition): string {
  const words = COMPARISONS.find(([pattern]) => pattern.test(base))?.[1];
  const values = valuesInWords(condition.values);
  if (!words) return `${condition.negated ? "not " : ""}${condition.operator} ${condition.key} ${values}`;
  return `${subject} ${condition.negated ? words.fails : words.holds} ${values}`;
}

export function conditionInShort(condition: Condition): string {
  return keyWords(condition.key).short;
}

function distinct(values: string[]): string[] {
  return [...new Set(values)];
}

/** "if MFA and address"; more than two are counted, so that an edge label stays short. */
export function ifWords(conditions: Condition[]): string {
  const shorts = distinct(conditions.map(conditionInShort));
  if (shorts.length === 0) return "";
  if (shorts.length <= 2) return `if ${shorts.join(" and ")}`;
  return `if ${shorts[0]} and ${shorts.length - 1} more`;
}

/** The verdict as a person says it: "Allowed", "If MFA", "Unknown". */
export function verdictInWords(relation: Pick<Relation, "certainty" | "conditions">): string {
  if (relation.certainty !== "conditional") return CERTAINTY_WORDS[relation.certainty];
  const words = ifWords(relation.conditions);
  return words ? words.charAt(0).toUpperCase() + words.slice(1) : "Allowed if";
}

/** The verdict as a sentence: "Allowed if the caller signed in with MFA". */
export function verdictSentence(relation: Relation): string {
  if (relation.certainty === "certain") return "Allowed";
  if (relation.certainty === "unknown") return `Unknown${relation.reasons[0] ? `: ${relation.reasons[0]}` : ""}`;
  const words = distinct(relation.conditions.map(conditionInWords));
  return words.length > 0 ? `Allowed if ${words.join(", and ")}` : "Allowed under conditions";
}

export function displayName(node: NodeRef): string {
  if (node.kind === "account" || node.kind === "pattern") return node.account_name ?? node.name;
  return node.name;
}

/** "alice assumes ci-runner in shared-ci, if MFA": the form that is read aloud. */
export function relationSentence(relation: Relation): string {
  const verb = KIND_WORDS[relation.kind];
  const place = relation.cross_account && relation.target.account_name ? ` in ${relation.target.account_name}` : "";
  const limit = relation.certainty === "conditional" ? `, ${ifWords(relation.conditions) || "under conditions"}` : "";
  const doubt = relation.certainty === "unknown" ? ", unknown" : "";
  return `${displayName(relation.source)} ${verb} ${displayName(relation.target)}${place}${limit}${doubt}`;
}

/** Why the relation stands, in one sentence, from its evidence. */
export function whyInWords(relation: Relation): string {
  const source = displayName(relation.source);
  const target = displayName(relation.target);
  if (relation.kind === "member-of") return `${source} is listed as a member of ${target}, so the group's policies are its own.`;
  if (relation.kind === "runs-as") return `${source} carries ${target}: code that runs there gets the role's credentials.`;
  if (relation.kind === "is-admin") return `The policies of ${source} allow every action on every resource of ${place(relation.target)}.`;
  if (relation.kind === "can-escalate") return `${source} can take over ${target} by ${methodWords(relation.methods)}: ${grantWords(relation)}.`;
  if (relation.kind === "can-read") return `${source} can read ${target}: ${grantWords(relation)}.`;
  const trust = relation.evidence.find((proof) => proof.side === "trust" && proof.effect === "Allow");
  const grant = relation.evidence.find((proof) => proof.side === "identity" && proof.effect === "Allow");
  const lets = `The trust policy of ${target}${statementPlace(trust)} lets ${source} in`;
  if (!grant) return relation.kind === "federates-into" ? `${lets}; a federated identity needs nothing else.` : `${lets}.`;
  return `${lets}, and ${policyName(grant.policy)}${statementPlace(grant)} lets ${source} make the call.`;
}

function place(admin: NodeRef): string {
  return admin.account_name ?? admin.account ?? "its account";
}

function methodWords(methods: string[]): string {
  return methods.length === 1 ? `the method ${methods[0]}` : `any of the methods ${methods.join(", ")}`;
}

/** "Deploy (statement 1) and the trust policy (statement 2) allow it": every statement that grants, each once. */
function grantWords(relation: Relation): string {
  const granting = relation.evidence.filter((proof) => proof.effect === "Allow");
  const named = distinct(granting.map((proof) => `${policyName(proof.policy)}${statementPlace(proof)}`));
  if (named.length === 0) return "its policies allow it";
  return `${named.slice(0, LISTED).join(", ")}${named.length > LISTED ? ` and ${named.length - LISTED} more` : ""} ${named.length === 1 ? "allows" : "allow"} it`;
}

function statementPlace(proof: Evidence | undefined): string {
  if (!proof) return "";
  return ` (statement ${proof.statement + 1}${proof.sid ? `, ${proof.sid}` : ""})`;
}

export function policyName(policy: string): string {
  const slash = policy.lastIndexOf("/");
  return policy.startsWith("arn:") && slash > 0 ? policy.slice(slash + 1) : policy;
}
