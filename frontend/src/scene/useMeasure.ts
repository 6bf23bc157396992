/** Measures text in the font that the page has. */
import { useState } from "react";
import { measureWith } from "./text";
import type { Measure } from "./text";

export function useMeasure(size: number, weight = 400): Measure {
  const [measure] = useState<Measure>(() => {
    const font = `${weight} ${size}px ${getComputedStyle(document.body).fontFamily || "sans-serif"}`;
    return measureWith(font, size);
  });
  return measure;
}
