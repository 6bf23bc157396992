/** What stands on a line: the kind of step, and on a second line what it depends on. */
import type { Certainty, Relation } from "./model";
import type { Measure } from "./text";
import { fitMiddle } from "./text";
import { ifWords, labelWord } from "./words";

export interface EdgeLabelText {
  lines: string[];
  certainty: Certainty;
  width: number;
  height: number;
}

const ICON = 15;
const PADDING = { x: 6, y: 3 };
const LINE = 13;
const WIDEST = 132;

/** The strongest certainty wins: one sure way in is enough. */
export function strongest(relations: Relation[]): Relation | undefined {
  const order: Certainty[] = ["certain", "conditional", "unknown"];
  return [...relations].sort((a, b) => order.indexOf(a.certainty) - order.indexOf(b.certainty))[0];
}

export function labelLines(relations: Relation[], measure: Measure): EdgeLabelText {
  const first = strongest(relations);
  const certainty = first?.certainty ?? "unknown";
  const words = [...new Set(relations.map((relation) => labelWord(relation.kind)))];
  const lines = [words.length > 1 ? `${words[0] ?? ""} +${words.length - 1}` : (words[0] ?? "")];
  const limit = certainty === "conditional" ? ifWords(first?.conditions ?? []) || "conditions" : "";
  if (limit) lines.push(limit);
  if (certainty === "unknown") lines.push("unknown");
  const fitted = lines.map((line) => fitMiddle(line, WIDEST, measure));
  return {
    lines: fitted,
    certainty,
    width: Math.ceil(Math.max(...fitted.map(measure))) + ICON + 2 * PADDING.x,
    height: fitted.length * LINE + 2 * PADDING.y,
  };
}
