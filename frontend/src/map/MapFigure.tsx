/** The drawing with its camera buttons; its keyboard and its voice are a list box over the same nodes. */
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Account } from "../api/types";
import { singleKeysOn } from "../router/shortcuts";
import { plural } from "../scene/text";
import { Button } from "../ui/Button";
import { FrameIcon } from "../ui/icons";
import { kindWord } from "../ui/kinds";
import { useShownTheme } from "../ui/theme";
import type { MapNode, MapScene } from "./columnar";
import { degreesOf, neighboursOf } from "./columnar";
import type { Emphasis } from "./finding";
import { nearestTowards } from "./finding";
import styles from "./MapPage.module.css";
import type { Level, MapRenderer, Picked } from "./MapRenderer";
import type { CameraPlace } from "./mapSearch";
import { sigmaMap } from "./SigmaMap";
import { summaryOf } from "./summary";
import { accountOfNode, openable } from "./useMapState";
import type { MapState } from "./useMapState";

interface Props {
  scene: MapScene;
  level: Level;
  state: MapState;
  emphasis: Emphasis;
  selected: number | null;
  rows: MapNode[];
  accounts: Account[];
}

/** So many options the list box offers at once; arrows reach the others. */
const OPTIONS = 50;

export function MapFigure(props: Props) {
  const { scene, level, state, selected, rows } = props;
  const stage = useRef<HTMLDivElement>(null);
  const renderer = useRenderer(stage, props);
  const node = selected === null ? undefined : scene.nodes[selected];
  const options = node && !rows.slice(0, OPTIONS).includes(node) ? [node, ...rows.slice(0, OPTIONS)] : rows.slice(0, OPTIONS);
  return (
    <figure className={styles.figure} aria-label={summaryOf(scene, level, props.accounts, state.open)}>
      <div
        className={styles.stage}
        role="listbox"
        tabIndex={0}
        aria-label="What is drawn: arrows move, Enter opens"
        aria-activedescendant={node && optionId(node)}
        onKeyDown={(event) => onMapKey(event, props, renderer.current)}
      >
        <div ref={stage} className={styles.canvas} aria-hidden="true" />
        <div className="visually-hidden">
          {options.map((option) => (
            <div key={option.index} id={optionId(option)} role="option" aria-selected={option.index === selected}>
              {describe(scene, option)}
            </div>
          ))}
        </div>
      </div>
      <div className={styles.camera} role="group" aria-label="Camera">
        <Button look="icon" aria-label="Show everything" title="Show everything" onClick={() => renderer.current?.fit()}>
          <FrameIcon />
        </Button>
        <Button look="icon" aria-label="Zoom out" title="Zoom out" onClick={() => renderer.current?.zoom(1 / 1.5)}>
          −
        </Button>
        <Button look="icon" aria-label="Zoom in" title="Zoom in" onClick={() => renderer.current?.zoom(1.5)}>
          +
        </Button>
      </div>
      <p className="visually-hidden" role="status">
        {node ? describe(scene, node) : ""}
      </p>
    </figure>
  );
}

const optionId = (node: MapNode): string => `map-node-${node.index}`;

function describe(scene: MapScene, node: MapNode): string {
  const degrees = degreesOf(scene, node.index);
  const facts = [node.label, kindWord(node.kind) + (node.admin ? ", admin-capable" : "")];
  if (node.kind === "account") facts.push(plural(node.n, "identity", "identities"));
  facts.push(`${plural(degrees.in, "relation")} in, ${degrees.out.toLocaleString("en")} out`);
  facts.push(plural(neighboursOf(scene, node.index).size, "neighbour"));
  return facts.join(", ");
}

/** The renderer lives as long as the scene; what changes is told to it, never by drawing anew. */
function useRenderer(stage: React.RefObject<HTMLDivElement | null>, props: Props) {
  const { scene, level, state, emphasis, selected } = props;
  const renderer = useRef<MapRenderer>(null);
  const latest = useRef(props);
  const camera = useCameraMemory(latest);
  const theme = useShownTheme();
  const [initialTheme] = useState(theme);
  useLayoutEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    if (!stage.current) return undefined;
    const own = sigmaMap(stage.current, {
      onPick: (picked) => onPick(picked, latest.current),
      onOpen: (index) => openNode(latest.current, index),
      onHover: (picked) => {
        if (stage.current) stage.current.style.cursor = picked === null ? "" : "pointer";
        own.hover(picked !== null && "node" in picked ? picked.node : null);
      },
      onCamera: camera.moved,
    });
    renderer.current = own;
    own.load(scene, level, latest.current.state.cam);
    own.emphasise(latest.current.emphasis, latest.current.selected);
    return () => {
      camera.forget();
      own.destroy();
      renderer.current = null;
    };
  }, [stage, scene, level, camera]);
  useEffect(() => renderer.current?.emphasise(emphasis, selected), [emphasis, selected]);
  useEffect(() => {
    if (theme !== initialTheme || renderer.current) renderer.current?.recolour();
  }, [theme, initialTheme]);
  const { cam } = state;
  const place = cam ? [cam.x, cam.y, cam.ratio].join() : "";
  useEffect(() => {
    const asked = latest.current.state.cam;
    if (place !== camera.written()) renderer.current?.moveTo(asked ?? { x: 0.5, y: 0.5, ratio: 1 });
  }, [place, camera]);
  return renderer;
}

const PAUSE = 300;

/** Camera moves are kept in the address without making history, once the camera has come to rest. */
function useCameraMemory(latest: React.RefObject<Props>) {
  const [memory] = useState(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let written = "";
    const write = (place: CameraPlace) => {
      const cam = isWhole(place) ? null : rounded(place);
      const text = cam ? [cam.x, cam.y, cam.ratio].join() : "";
      if (text === written) return;
      written = text;
      latest.current.state.change({ cam }, { replace: true });
    };
    return {
      written: () => written,
      forget: () => clearTimeout(timer),
      moved: (place: CameraPlace) => {
        clearTimeout(timer);
        timer = setTimeout(() => write(place), PAUSE);
      },
    };
  });
  return memory;
}

function rounded({ x, y, ratio }: CameraPlace): CameraPlace {
  const short = (value: number): number => Number(value.toFixed(4));
  return { x: short(x), y: short(y), ratio: short(ratio) };
}

function isWhole({ x, y, ratio }: CameraPlace): boolean {
  return Math.abs(x - 0.5) < 0.002 && Math.abs(y - 0.5) < 0.002 && Math.abs(ratio - 1) < 0.002;
}

function onPick(picked: Picked, { scene, state }: Props): void {
  if (picked === null || "node" in picked) {
    state.select(picked === null ? "" : (scene.nodes[picked.node]?.id ?? ""));
    return;
  }
  const edge = scene.edges[picked.edge];
  const source = edge && scene.nodes[edge.source];
  const target = edge && scene.nodes[edge.target];
  if (source && target) state.showEdge(source.id, target.id);
}

function openNode({ scene, state, accounts }: Props, index: number): void {
  const node = scene.nodes[index];
  if (!node) return;
  const account = openable(accountOfNode(node.id), accounts);
  if (account) state.openAccount(account.account);
  else state.select(node.id);
}

type Act = (props: Props, node: MapNode | undefined, renderer: MapRenderer | null) => void;

const KEYS: Partial<Record<string, Act>> = {
  ArrowUp: (props, node) => step(props, node, "ArrowUp"),
  ArrowDown: (props, node) => step(props, node, "ArrowDown"),
  ArrowLeft: (props, node) => step(props, node, "ArrowLeft"),
  ArrowRight: (props, node) => step(props, node, "ArrowRight"),
  Enter: (props, node) => node && openNode(props, node.index),
  Escape: ({ state }) => state.up(),
};

/** Characters by themselves, which can be turned off. */
const SINGLE_KEYS: Partial<Record<string, Act>> = {
  ".": (_, node, renderer) => node && renderer?.centre(node.index),
  "+": (_props, _node, renderer) => renderer?.zoom(1.5),
  "=": (_props, _node, renderer) => renderer?.zoom(1.5),
  "-": (_props, _node, renderer) => renderer?.zoom(1 / 1.5),
  h: ({ state }, node) => node && !state.hide.includes(node.facet) && state.change({ hide: [...state.hide, node.facet] }),
};

function onMapKey(event: React.KeyboardEvent, props: Props, renderer: MapRenderer | null): void {
  if (event.metaKey || event.ctrlKey || event.altKey) return;
  const act = KEYS[event.key] ?? (singleKeysOn() ? SINGLE_KEYS[event.key] : undefined);
  if (!act) return;
  event.preventDefault();
  act(props, props.selected === null ? undefined : props.scene.nodes[props.selected], renderer);
}

function step({ scene, state, rows, emphasis }: Props, node: MapNode | undefined, key: string): void {
  const visible = scene.nodes.filter((each) => !emphasis.hidden.has(each.index));
  const next = node ? nearestTowards(visible, node, key) : rows[0];
  // Walking is one step of the history, however far it goes.
  if (next) state.change({ sel: next.id, edgeFrom: "", edgeTo: "" }, { replace: state.sel !== "" });
}
