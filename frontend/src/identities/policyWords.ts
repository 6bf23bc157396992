/** What a policy does, in a few words, from its own text. */
import type { AppliedPolicy } from "../api/types";

export const SOURCE_WORDS: Record<AppliedPolicy["source"], string> = {
  inline: "Inline",
  managed: "Managed by you",
  "aws-managed": "Managed by AWS",
  "group-inline": "Inline, of a group",
  "group-managed": "Managed, of a group",
  boundary: "Boundary",
  trust: "Trust policy",
};

const SHOWN = 4;

function listOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === "string");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function statementsOf(text: string): Record<string, unknown>[] {
  try {
    const document: unknown = JSON.parse(text);
    if (!isRecord(document)) return [];
    const statement = document.Statement;
    return (Array.isArray(statement) ? statement : [statement]).filter(isRecord);
  } catch {
    return [];
  }
}

function actionsOf(statement: Record<string, unknown>): string[] {
  if (statement.NotAction === undefined) return listOf(statement.Action);
  return listOf(statement.NotAction).map((action) => `all but ${action}`);
}

/** "sts:AssumeRole, lambda:* and 3 more" */
export function actionsInWords(policy: AppliedPolicy): string {
  if (policy.problem) return `not understood: ${policy.problem}`;
  const actions = [...new Set(statementsOf(policy.text).flatMap(actionsOf))];
  if (actions.length === 0) return "no action";
  const shown = actions.slice(0, SHOWN).join(", ");
  return actions.length > SHOWN ? `${shown} and ${actions.length - SHOWN} more` : shown;
}

/** Where a policy comes from; empty where its name says just that. */
export function sourceInWords(policy: AppliedPolicy): string {
  const words = SOURCE_WORDS[policy.source];
  return words === policy.name ? "" : words;
}

/** What it does to the rights of its holder. */
export function effectInWords(policy: AppliedPolicy): string {
  if (policy.problem) return "Unknown";
  if (policy.source === "boundary") return "Narrows";
  if (policy.source === "trust") return "Lets in";
  const effects = new Set(policy.statements.map((statement) => statement.effect));
  if (effects.has("Allow") && effects.has("Deny")) return "Grants, denies";
  if (effects.has("Deny")) return "Denies";
  return effects.has("Allow") ? "Grants" : "Nothing";
}

/** The word for a policy in the address: stays the same when others come and go. */
export function slugOf(policy: AppliedPolicy): string {
  if (policy.source === "trust") return "trust";
  return [policy.source, policy.group?.name, policy.name].filter(Boolean).join(":");
}
