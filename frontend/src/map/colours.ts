/** Design tokens as colours that a canvas understands. */
import { readColour } from "../ui/theme";

export type Palette = (token: string) => string;

/** Remembers each colour: asking costs a style calculation, and a frame asks often. Make a new one when the theme changes. */
export function readPalette(): Palette {
  const colours = new Map<string, string>();
  return (token) => {
    const known = colours.get(token);
    if (known !== undefined) return known;
    const colour = toHex(readColour(token));
    colours.set(token, colour);
    return colour;
  };
}

/** sigma does not read every form that browsers write; `#rrggbb` it does. */
export function toHex(colour: string): string {
  const parts = /^rgba?\((\d+),\s*(\d+),\s*(\d+)/.exec(colour)?.slice(1, 4);
  if (!parts) return colour;
  return `#${parts.map((part) => Number(part).toString(16).padStart(2, "0")).join("")}`;
}
