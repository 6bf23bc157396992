/** What every drawing is made of: the API's nodes and relations, by shorter names. */
import type { components } from "../api/schema";

type Schemas = components["schemas"];
export type NodeRef = Schemas["NodeRef"];
export type Kind = NodeRef["kind"];
export type Condition = Schemas["Condition"];
export type Evidence = Schemas["Evidence"];
export type Relation = Schemas["Relation"];
export type BlockedRelation = Schemas["BlockedRelation"];
export type RelationKind = Relation["kind"];
export type Certainty = Relation["certainty"];

/** One string for a relation, stable between answers: parallel relations differ in kind. */
export function relationId(relation: Relation): string {
  return `${relation.source.id} ${relation.kind} ${relation.target.id}`;
}

const BROAD: Kind[] = ["account", "external-account", "anyone", "pattern"];

/** A whole account, everybody or a pattern: drawn with a double line, because it is not one identity. */
export function isWholesale(source: Pick<NodeRef, "kind">): boolean {
  return BROAD.includes(source.kind);
}

export function leadsToAdmin(relation: Relation): boolean {
  return relation.target.admin === "certain" || relation.target.kind === "admin";
}

/** The account by name, else its id; what has none is said in words. */
export function placeOf(node: NodeRef): string {
  if (node.account_name ?? node.account) return node.account_name ?? node.account ?? "";
  if (node.kind === "service") return "AWS service";
  return node.kind === "anyone" ? "any AWS identity" : "outside";
}
