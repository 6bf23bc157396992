/** The drawing as a file of its own: every colour and font written into it, with what it shows as its title. */

const WRITTEN = ["fill", "stroke", "stroke-width", "stroke-dasharray", "font-size", "font-weight", "font-family"] as const;

export function svgText(drawing: SVGSVGElement, title: string): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  writeStyles(drawing, copy, null);
  for (const element of [copy, ...copy.querySelectorAll("*")]) {
    for (const attribute of PAGE_ONLY) element.removeAttribute(attribute);
  }
  const name = document.createElementNS("http://www.w3.org/2000/svg", "title");
  name.textContent = title;
  copy.prepend(name, background(drawing));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}\n`;
}

/** What means something to the page alone. */
const PAGE_ONLY = ["tabindex", "role", "class", "style", "aria-pressed", "aria-label", "aria-hidden"];

/** Presentation attributes are inherited, so each is written only where it changes. */
function writeStyles(from: Element, to: Element, above: CSSStyleDeclaration | null): void {
  const style = getComputedStyle(from);
  for (const name of WRITTEN) {
    const value = style.getPropertyValue(name);
    if (value !== "" && value !== (above?.getPropertyValue(name) ?? "")) to.setAttribute(name, value);
  }
  [...from.children].forEach((child, index) => {
    const twin = to.children[index];
    if (twin) writeStyles(child, twin, style);
  });
}

function background(drawing: SVGSVGElement): SVGRectElement {
  const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  rect.setAttribute("width", "100%");
  rect.setAttribute("height", "100%");
  rect.setAttribute("fill", getComputedStyle(drawing.ownerDocument.body).backgroundColor || "white");
  return rect;
}

export function download(text: string, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
