/** The map drawn by sigma (WebGL dots and lines, camera, gestures), with marks, names and chosen lines on canvases of its own. */
import Graph from "graphology";
import Sigma from "sigma";
import { markOf } from "../ui/kinds";
import { distanceTo } from "./bend";
import type { Point } from "./bend";
import { BoxField } from "./boxes";
import { readPalette } from "./colours";
import type { Palette } from "./colours";
import type { MapNode, MapScene } from "./columnar";
import type { Emphasis } from "./finding";
import { MOST_MARKS, isBright, isDisc, rimOf, showsLinesAtRest } from "./frame";
import type { DrawnLine, Frame, Projection } from "./frame";
import type { Level, MapListener, MapRenderer, Picked } from "./MapRenderer";
import type { CameraPlace } from "./mapSearch";
import { paintGround } from "./paintGround";
import { linesOf, paintLineLabels, paintLines } from "./paintLines";
import { blockMarks, markable, paintMarks, paintNames } from "./paintMarks";
import type { Pen } from "./shapes";

interface Dot {
  x: number;
  y: number;
  size: number;
  color: string;
}
interface Line {
  size: number;
  color: string;
}

/** So few lines are drawn as curves with arrowheads; more are WebGL's straight ones. */
const MOST_CURVES = 400;
const WHOLE: CameraPlace = { x: 0.5, y: 0.5, ratio: 1 };
const MOVE = 200;
const NOTHING: Emphasis = { hidden: new Set(), bright: null, edges: [] };
const EMPTY: MapScene = { nodes: [], edges: [], groups: [], groupIds: new Set(), truncated: null, byId: new Map(), touching: [] };

export function sigmaMap(container: HTMLElement, listener: MapListener): MapRenderer {
  return new SigmaMap(container, listener);
}

class SigmaMap implements MapRenderer {
  readonly #sigma: Sigma<Dot, Line>;
  readonly #listener: MapListener;
  readonly #container: HTMLElement;
  readonly #ground: CanvasRenderingContext2D;
  readonly #marks: CanvasRenderingContext2D;
  readonly #observer: ResizeObserver;
  #palette: Palette = readPalette();
  #scene: MapScene = EMPTY;
  #level: Level = "account";
  #emphasis: Emphasis = NOTHING;
  #selected: number | null = null;
  #hovered: number | null = null;
  #lines: DrawnLine[] = [];
  #chosen = new Set<number>();

  constructor(container: HTMLElement, listener: MapListener) {
    this.#container = container;
    this.#listener = listener;
    this.#ground = addCanvas(container);
    const stage = container.appendChild(document.createElement("div"));
    Object.assign(stage.style, { position: "absolute", inset: "0" });
    this.#marks = addCanvas(container);
    this.#sigma = new Sigma<Dot, Line>(new Graph<Dot, Line>({ multi: true }), stage, {
      allowInvalidContainer: true,
      renderLabels: false,
      enableEdgeEvents: false,
      hideEdgesOnMove: true,
      enableCameraRotation: false,
      itemSizesReference: "positions",
      zoomToSizeRatioFunction: (ratio) => ratio,
      stagePadding: 28,
      minCameraRatio: 0.02,
      maxCameraRatio: 2.5,
      doubleClickTimeout: 300,
      defaultDrawNodeHover: () => undefined,
      nodeReducer: (id, dot) => this.#reduceNode(Number(id), dot),
      edgeReducer: (id, line) => this.#reduceEdge(Number(id), line),
    });
    this.#listen();
    this.#observer = new ResizeObserver(() => this.#sigma.resize().scheduleRender());
    this.#observer.observe(container);
  }

  load(scene: MapScene, level: Level, place: CameraPlace | null): void {
    this.#scene = scene;
    this.#level = level;
    this.#emphasis = NOTHING;
    this.#chosen = new Set();
    this.#selected = this.#hovered = null;
    const graph = new Graph<Dot, Line>({ multi: true });
    for (const node of scene.nodes) {
      graph.addNode(String(node.index), { x: node.x, y: node.y, size: node.r, color: this.#dotColour(node) });
    }
    if (!this.#drawsCurves()) {
      for (const edge of showsLinesAtRest(scene, level) ? scene.edges : []) {
        graph.addEdgeWithKey(String(edge.index), String(edge.source), String(edge.target), {
          size: 0.5,
          color: this.#palette("edge-dim"),
        });
      }
    }
    this.#sigma.setCustomBBox(boundsOf(scene));
    this.#sigma.setGraph(graph);
    this.#sigma.getCamera().setState(place ?? WHOLE);
    this.#sigma.refresh();
  }

  emphasise(emphasis: Emphasis, selected: number | null): void {
    this.#emphasis = emphasis;
    this.#chosen = new Set(emphasis.edges);
    this.#selected = selected;
    this.#sigma.refresh({ skipIndexation: true });
  }

  hover(node: number | null): void {
    if (node === this.#hovered) return;
    this.#hovered = node;
    this.#paint();
  }

  moveTo(place: CameraPlace): void {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    void this.#sigma.getCamera().animate(place, { duration: still ? 1 : MOVE });
  }

  centre(node: number): void {
    const place = this.#sigma.getNodeDisplayData(String(node));
    if (place) this.moveTo({ x: place.x, y: place.y, ratio: Math.min(this.place().ratio, 0.6) });
  }

  zoom(factor: number): void {
    const place = this.place();
    this.moveTo({ ...place, ratio: this.#sigma.getCamera().getBoundedRatio(place.ratio / factor) });
  }

  fit(): void {
    this.moveTo(WHOLE);
  }

  place(): CameraPlace {
    const { x, y, ratio } = this.#sigma.getCamera().getState();
    return { x, y, ratio };
  }

  recolour(): void {
    this.#palette = readPalette();
    const graph = this.#sigma.getGraph();
    for (const node of this.#scene.nodes) graph.setNodeAttribute(String(node.index), "color", this.#dotColour(node));
    graph.forEachEdge((edge) => graph.setEdgeAttribute(edge, "color", this.#palette("edge-dim")));
    this.#sigma.refresh();
  }

  destroy(): void {
    this.#observer.disconnect();
    this.#sigma.kill();
    this.#container.replaceChildren();
  }

  #listen(): void {
    const sigma = this.#sigma;
    sigma.on("afterRender", () => this.#paint());
    sigma.getCamera().on("updated", ({ x, y, ratio }) => this.#listener.onCamera({ x, y, ratio }));
    sigma.getMouseCaptor().on("click", (event) => this.#listener.onPick(this.#pick(event)));
    sigma.getMouseCaptor().on("doubleClick", (event) => {
      const picked = this.#pick(event);
      if (picked === null || !("node" in picked)) return;
      event.preventSigmaDefault();
      this.#listener.onOpen(picked.node);
    });
    sigma.getMouseCaptor().on("mousemovebody", (event) => this.#listener.onHover(this.#pick(event)));
    sigma.getMouseCaptor().on("mouseleave", () => this.#listener.onHover(null));
  }

  /** Marks are larger than WebGL's dots, so what is under the pointer is found here, the nearest rim first. */
  #pick(point: Point): Picked {
    const frame = this.#frame();
    let best: { index: number; distance: number } | null = null;
    for (const node of this.#scene.nodes) {
      if (this.#emphasis.hidden.has(node.index)) continue;
      const at = frame.project(node.x, node.y);
      const distance = Math.hypot(at.x - point.x, at.y - point.y);
      if (distance <= Math.max(8, rimOf(node, frame) + 2) && distance < (best?.distance ?? Infinity)) {
        best = { index: node.index, distance };
      }
    }
    if (best) return { node: best.index };
    const line = this.#lines.find(({ bend }) => distanceTo(bend, point) < 6);
    return line?.bundle.edges[0] ? { edge: line.bundle.edges[0].index } : null;
  }

  #reduceNode(index: number, dot: Dot): Partial<Dot> & { hidden?: boolean } {
    if (this.#emphasis.hidden.has(index) || this.#scene.nodes.length <= MOST_MARKS) return { ...dot, hidden: true };
    const bright = isBright(index, { emphasis: this.#emphasis, hovered: null });
    return bright ? dot : { ...dot, color: this.#palette("edge-dim") };
  }

  #reduceEdge(index: number, line: Line): Partial<Line> & { hidden?: boolean } {
    const edge = this.#scene.edges[index];
    const { hidden } = this.#emphasis;
    const gone = !edge || hidden.has(edge.source) || hidden.has(edge.target) || this.#chosen.has(index);
    return gone ? { ...line, hidden: true } : line;
  }

  #dotColour(node: MapNode): string {
    if (isDisc(node, this.#level)) return this.#palette("edge-dim");
    return this.#palette(markOf(node.kind, node.admin ? "certain" : "no").fill);
  }

  #drawsCurves(): boolean {
    return this.#level === "identity" && this.#scene.edges.length <= MOST_CURVES;
  }

  #frame(): Frame {
    return {
      ...projectionOf(this.#sigma),
      scene: this.#scene,
      level: this.#level,
      emphasis: this.#emphasis,
      selected: this.#selected,
      hovered: this.#hovered,
    };
  }

  #paint(): void {
    const frame = this.#frame();
    const font = getComputedStyle(this.#container).fontFamily;
    fitCanvas(this.#ground, frame);
    fitCanvas(this.#marks, frame);
    const pen: Pen = { context: this.#marks, colour: this.#palette, font };
    paintGround({ ...pen, context: this.#ground }, frame);
    this.#marks.clearRect(0, 0, frame.width, frame.height);
    const seen = markable(frame);
    const taken = new BoxField();
    this.#lines = linesOf(frame, this.#drawsCurves());
    paintLines(pen, frame, this.#lines);
    paintMarks(pen, frame, seen);
    blockMarks(frame, seen, taken);
    paintLineLabels(pen, frame, this.#lines, taken);
    paintNames(pen, frame, seen, taken);
  }
}

function addCanvas(container: HTMLElement): CanvasRenderingContext2D {
  const canvas = container.appendChild(document.createElement("canvas"));
  Object.assign(canvas.style, { position: "absolute", inset: "0", width: "100%", height: "100%", pointerEvents: "none" });
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser gives no 2D canvas.");
  return context;
}

function fitCanvas(context: CanvasRenderingContext2D, { width, height }: Projection): void {
  const density = devicePixelRatio;
  const { canvas } = context;
  if (canvas.width !== Math.round(width * density) || canvas.height !== Math.round(height * density)) {
    canvas.width = Math.round(width * density);
    canvas.height = Math.round(height * density);
  }
  context.setTransform(density, 0, 0, density, 0, 0);
}

/** The camera as one affine map: three points asked, thousands computed. */
function projectionOf(sigma: Sigma<Dot, Line>): Projection {
  const origin = sigma.graphToViewport({ x: 0, y: 0 });
  const right = sigma.graphToViewport({ x: 1, y: 0 });
  const up = sigma.graphToViewport({ x: 0, y: 1 });
  const { width, height } = sigma.getDimensions();
  return {
    project: (x, y) => ({
      x: origin.x + (right.x - origin.x) * x + (up.x - origin.x) * y,
      y: origin.y + (right.y - origin.y) * x + (up.y - origin.y) * y,
    }),
    scale: Math.hypot(right.x - origin.x, right.y - origin.y),
    width,
    height,
  };
}

/** Everything that is drawn, with its radius: sigma by itself would frame the centres only. */
export function boundsOf(scene: MapScene): { x: [number, number]; y: [number, number] } {
  const bounds: { x: [number, number]; y: [number, number] } = { x: [-0.01, 0.01], y: [-0.01, 0.01] };
  const discs = [...scene.nodes, ...scene.groups];
  if (discs.length === 0) return bounds;
  for (const axis of ["x", "y"] as const) {
    bounds[axis] = [
      discs.reduce((least, disc) => Math.min(least, disc[axis] - disc.r), Infinity),
      discs.reduce((most, disc) => Math.max(most, disc[axis] + disc.r), -Infinity),
    ];
  }
  return bounds;
}
