import { expect, test } from "vitest";
import { svgText } from "./svgFile";

function drawing(): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const group = document.createElementNS("http://www.w3.org/2000/svg", "g");
  group.setAttribute("role", "button");
  group.setAttribute("tabindex", "0");
  const text = document.createElementNS("http://www.w3.org/2000/svg", "text");
  text.setAttribute("class", "name");
  text.textContent = `<script>"deploy" & co</script>`;
  group.append(text);
  svg.append(group);
  document.body.append(svg);
  return svg;
}

test("the file stands alone: a namespace and a title, nothing that belongs to the page", () => {
  const file = new DOMParser().parseFromString(svgText(drawing(), "4 paths from a to b"), "image/svg+xml");
  expect(file.documentElement.namespaceURI).toBe("http://www.w3.org/2000/svg");
  expect(file.querySelector("title")?.textContent).toBe("4 paths from a to b");
  expect(file.querySelector("[tabindex], [role], [class]")).toBeNull();
});

test("a name stays text, whatever it looks like", () => {
  const file = new DOMParser().parseFromString(svgText(drawing(), "x"), "image/svg+xml");
  expect(file.querySelector("script")).toBeNull();
  expect(file.querySelector("text")?.textContent).toBe(`<script>"deploy" & co</script>`);
});
