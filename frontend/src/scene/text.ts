/** Measuring, wrapping and shortening text for SVG and canvas. */

export type Measure = (text: string) => number;

/** A measure from a canvas; where there is none (tests, old browsers) an estimate that errs on the wide side. */
export function measureWith(font: string, size: number): Measure {
  const context = typeof document === "undefined" ? null : canvasContext();
  if (!context) return (text) => text.length * size * 0.6;
  return (text) => {
    context.font = font;
    return context.measureText(text).width;
  };
}

function canvasContext(): CanvasRenderingContext2D | null {
  if (typeof CanvasRenderingContext2D === "undefined") return null;
  return document.createElement("canvas").getContext("2d");
}

/** Cut in the middle: the beginning and the end of a name tell most. Never longer than `width`. */
export function fitMiddle(text: string, width: number, measure: Measure): string {
  if (measure(text) <= width) return text;
  let low = 0;
  let high = text.length - 1;
  while (low < high) {
    const keep = Math.ceil((low + high) / 2);
    if (measure(cutMiddle(text, keep)) <= width) low = keep;
    else high = keep - 1;
  }
  return cutMiddle(text, low);
}

function cutMiddle(text: string, keep: number): string {
  const head = Math.ceil(keep / 2);
  const tail = keep - head;
  return `${text.slice(0, head)}…${tail > 0 ? text.slice(-tail) : ""}`;
}

/** Words onto lines of at most `width`; a word that is too long by itself is cut in the middle. */
export function wrapWords(text: string, width: number, measure: Measure): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    const joined = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && measure(joined) <= width) lines[lines.length - 1] = joined;
    else lines.push(fitMiddle(word, width, measure));
  }
  return lines;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
