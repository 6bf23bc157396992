/** Places in a text of several lines. */

/** From a line's column (its first, where that is not known) to the line's end; lines and columns count from 1. */
export function selectionAt(text: string, line: number, column = 1): { start: number; end: number } {
  const lines = text.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  const end = before + (lines[line - 1] ?? "").length;
  return { start: Math.min(before + column - 1, end), end };
}
