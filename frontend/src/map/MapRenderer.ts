/** What the map asks of whatever draws it; sigma is behind this, and nothing else of the map knows of it. */
import type { MapScene } from "./columnar";
import type { Emphasis } from "./finding";
import type { CameraPlace } from "./mapSearch";

/** "account": accounts in their OUs, edges on demand. "identity": one account's identities, edges always. */
export type Level = "account" | "identity";

export type Picked = { node: number } | { edge: number } | null;

export interface MapListener {
  onPick: (picked: Picked) => void;
  onOpen: (node: number) => void;
  onHover: (picked: Picked) => void;
  onCamera: (place: CameraPlace) => void;
}

export interface MapRenderer {
  /** Draws another scene; the camera goes to `place`, or shows everything. */
  load: (scene: MapScene, level: Level, place: CameraPlace | null) => void;
  /** What stands out; it never moves a node. */
  emphasise: (emphasis: Emphasis, selected: number | null) => void;
  hover: (node: number | null) => void;
  /** Moves the camera, in 200 ms unless motion is reduced. */
  moveTo: (place: CameraPlace) => void;
  centre: (node: number) => void;
  zoom: (factor: number) => void;
  fit: () => void;
  place: () => CameraPlace;
  /** Reads the colours again after the theme changed. */
  recolour: () => void;
  destroy: () => void;
}

export function hasWebGL(): boolean {
  if (typeof WebGLRenderingContext === "undefined") return false;
  const context = document.createElement("canvas").getContext("webgl2") ?? document.createElement("canvas").getContext("webgl");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
}
