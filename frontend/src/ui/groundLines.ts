/** Which part of a long document to show: the deciding lines with some ground around them. */
import type { Highlight } from "../ui/StatementViewer";

const WHOLE_UP_TO = 40;
const AROUND = 6;

export function groundLines(text: string, highlights: readonly Highlight[]): { firstLine?: number; lastLine?: number } {
  const total = text.split("\n").length;
  if (total <= WHOLE_UP_TO || highlights.length === 0) return {};
  const first = Math.min(...highlights.map((highlight) => highlight.first_line));
  const last = Math.max(...highlights.map((highlight) => highlight.last_line));
  return { firstLine: Math.max(1, first - AROUND), lastLine: Math.min(total, last + AROUND) };
}
