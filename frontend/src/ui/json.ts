/** Splits a line of pretty-printed JSON into keys and the rest. */

export interface Token {
  text: string;
  isKey: boolean;
}

/** The place after the string that starts at `start`, or the line's end. */
function endOfString(line: string, start: number): number {
  for (let at = start + 1; at < line.length; at += 1) {
    if (line[at] === "\\") at += 1;
    else if (line[at] === '"') return at + 1;
  }
  return line.length;
}

export function tokenize(line: string): Token[] {
  const tokens: Token[] = [];
  let rest = 0;
  let at = line.indexOf('"');
  while (at !== -1) {
    const end = endOfString(line, at);
    if (/^\s*:/.test(line.slice(end, end + 8))) {
      if (at > rest) tokens.push({ text: line.slice(rest, at), isKey: false });
      tokens.push({ text: line.slice(at, end), isKey: true });
      rest = end;
    }
    at = line.indexOf('"', end);
  }
  if (rest < line.length) tokens.push({ text: line.slice(rest), isKey: false });
  return tokens;
}
