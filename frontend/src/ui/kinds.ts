/** What each kind of node is called and how it is marked. */

export interface Mark {
  letter: string;
  shape: "circle" | "square" | "hexagon" | "diamond" | "pill" | "ring";
  fill: string;
  line: string;
  ink: string;
  dashed?: boolean;
}

function kindMark(letter: string, shape: Mark["shape"], token: string, ink = "on-kind"): Mark {
  return { letter, shape, fill: token, line: `${token}-line`, ink };
}

const OUTSIDE = kindMark("E", "diamond", "k-ext");
const ADMIN = kindMark("★", "square", "k-admin");
const ACCOUNT: Mark = { letter: "", shape: "ring", fill: "surface", line: "text-2", ink: "text-2" };

const MARKS: Partial<Record<string, Mark>> = {
  user: kindMark("U", "circle", "k-user"),
  role: kindMark("R", "square", "k-role", "on-role"),
  group: kindMark("G", "hexagon", "k-group"),
  service: kindMark("S", "pill", "k-svc"),
  account: ACCOUNT,
  root: ADMIN,
  admin: ADMIN,
  "permission-set": kindMark("P", "square", "k-role", "on-role"),
  "federated-subject": OUTSIDE,
  "external-account": OUTSIDE,
  "external-principal": OUTSIDE,
  "oidc-provider": OUTSIDE,
  "saml-provider": OUTSIDE,
  "web-identity": OUTSIDE,
  anyone: { ...OUTSIDE, letter: "∗" },
  dangling: { letter: "?", shape: "diamond", fill: "surface", line: "k-ext-line", ink: "text-2", dashed: true },
  pattern: { letter: "∗", shape: "square", fill: "surface", line: "text-2", ink: "text-2", dashed: true },
};

const NEUTRAL: Mark = { letter: "·", shape: "square", fill: "surface", line: "text-2", ink: "text-2" };

const WORDS: Partial<Record<string, string>> = {
  user: "User",
  role: "Role",
  group: "Group",
  account: "Account",
  root: "Root user",
  service: "Service",
  "oidc-provider": "OIDC provider",
  "saml-provider": "SAML provider",
  "web-identity": "Web identity",
  "federated-subject": "Federated subject",
  "permission-set": "Permission set",
  admin: "Administration of an account",
  "external-account": "Outside account",
  "external-principal": "Outside principal",
  anyone: "Anyone",
  dangling: "Deleted principal",
  resource: "Resource",
  pattern: "Every identity that matches",
};

const isAdmin = (kind: string, admin: string) => admin === "certain" && (kind === "user" || kind === "role" || kind === "root");

export function markOf(kind: string, admin = "no"): Mark {
  return isAdmin(kind, admin) ? ADMIN : (MARKS[kind] ?? NEUTRAL);
}

export function kindWord(kind: string): string {
  return WORDS[kind] ?? kind;
}

/** The kind, with "admin" where the mark says so. */
export function kindOf(kind: string, admin = "no"): string {
  return isAdmin(kind, admin) && kind !== "root" ? `${kindWord(kind)}, admin` : kindWord(kind);
}
