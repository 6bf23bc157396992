/** The map's state in the address: what is open, chosen, found, hidden, and how it is looked at. */
import type { Facet } from "./columnar";

export type View = "graph" | "split" | "table";

export interface CameraPlace {
  x: number;
  y: number;
  ratio: number;
}

export interface MapSearch {
  /** The account that is opened to its identities, or "" for the whole organization. */
  open: string;
  sel: string;
  /** The relation whose evidence is shown, from `edgeFrom` to `edgeTo`. */
  edgeFrom: string;
  edgeTo: string;
  find: string;
  hide: Facet[];
  view: View;
  cam: CameraPlace | null;
}

const FACETS: Facet[] = ["user", "role", "group", "external", "admin", "service", "account", "other"];
const VIEWS: View[] = ["graph", "split", "table"];

export function readMapSearch(raw: Record<string, unknown>): MapSearch {
  const text = (name: string): string => asText(raw[name]);
  const view = text("view") as View;
  return {
    open: text("open"),
    sel: text("sel"),
    edgeFrom: text("edgeFrom"),
    edgeTo: text("edgeTo"),
    find: text("find"),
    hide: FACETS.filter((facet) => text("hide").split(",").includes(facet)),
    view: VIEWS.includes(view) ? view : "split",
    cam: readCamera(text("cam")),
  };
}

export function writeMapSearch(search: MapSearch): Record<string, string> {
  const entries: [string, string][] = [
    ["open", search.open],
    ["sel", search.sel],
    ["edgeFrom", search.edgeFrom],
    ["edgeTo", search.edgeTo],
    ["find", search.find],
    ["hide", search.hide.join(",")],
    ["view", search.view === "split" ? "" : search.view],
    ["cam", search.cam ? [search.cam.x, search.cam.y, search.cam.ratio].map(short).join(",") : ""],
  ];
  return Object.fromEntries(entries.filter(([, value]) => value !== ""));
}

function asText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function short(value: number): string {
  return String(Number(value.toFixed(4)));
}

function readCamera(text: string): CameraPlace | null {
  const [x, y, ratio, ...rest] = text.split(",").map(Number);
  const whole = x !== undefined && y !== undefined && ratio !== undefined && rest.length === 0;
  if (!whole || ![x, y, ratio].every(Number.isFinite) || text === "" || ratio <= 0) return null;
  return { x, y, ratio };
}
