/** Small relations for tests. */
import type { Condition, NodeRef, Relation } from "./model";

export function node(name: string, more: Partial<NodeRef> = {}): NodeRef {
  const account = more.account === undefined ? "111122223333" : more.account;
  const kind = more.kind ?? "role";
  return {
    id: `arn:aws:iam::${account ?? ""}:${kind}/${name}`,
    key: `key-${name}`,
    kind,
    name,
    account,
    account_name: account === null ? null : `account-${account.slice(0, 4)}`,
    admin: "no",
    ...more,
  };
}

export function relation(source: NodeRef, target: NodeRef, more: Partial<Relation> = {}): Relation {
  return {
    source,
    target,
    kind: "can-assume",
    methods: [],
    certainty: "certain",
    conditions: [],
    reasons: [],
    evidence: [],
    through: null,
    cross_account: source.account !== target.account,
    ...more,
  };
}

export function condition(operator: string, key: string, ...values: string[]): Condition {
  return { operator, key, values, negated: false };
}
