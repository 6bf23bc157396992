/** Paths that were found: the list, the drawing, and the evidence of the edge that is looked at. */
import { useEffect, useMemo, useRef, useState } from "react";
import type { Paths } from "../api/types";
import { EdgePanel } from "../evidence/EdgePanel";
import { isTyping, singleKeysOn } from "../router/shortcuts";
import { plural } from "../scene/text";
import { useMeasure } from "../scene/useMeasure";
import { Button } from "../ui/Button";
import { edgeKey, foldParallel, mergePaths, tracePath } from "./layered";
import type { LayeredGraph } from "./layered";
import { CARD, layoutPaths } from "./layout";
import type { Drawing, PlacedEdge } from "./layout";
import { PathDrawing } from "./PathDrawing";
import { PathList } from "./PathList";
import styles from "./PathsPage.module.css";
import type { PathSearch } from "./searchState";
import { download, svgText } from "./svgFile";

interface Props {
  answer: Paths;
  search: PathSearch;
  change: (search: PathSearch) => void;
}

export function PathResult({ answer, search, change }: Props) {
  const { paths } = answer;
  const chosen = Math.min(search.path, paths.length) - 1;
  const path = paths[chosen];
  const edges = path?.edges ?? [];
  const current = Math.min(search.edge, edges.length) - 1;
  const relation = edges[current];
  const { drawing, graph, measure, openFold } = useDrawing(paths);
  const svg = useRef<SVGSVGElement>(null);
  const step = (by: number) => {
    const next = Math.min(edges.length, Math.max(1, current + 1 + by));
    if (next !== current + 1) change({ ...search, edge: next });
  };
  useBrackets(step);
  const trace = tracePath(graph, path);
  const placed = relation && drawnEnds(graph, relation.source.id, relation.target.id);
  const summary = summaryOf(answer);
  const scroller = useKeptInView(drawing, placed);
  const chooseEdge = (edge: PlacedEdge) => {
    const place = pathWith(answer, edge, chosen);
    if (place) change({ ...search, path: place.path + 1, edge: place.edge + 1 });
  };
  return (
    <div className={styles.found}>
      <PathList
        paths={paths}
        more={answer.more}
        chosen={chosen}
        onChoose={(index) => change({ ...search, path: index + 1, edge: 1 })}
        actions={
          <Button look="link" onClick={() => svg.current && download(svgText(svg.current, summary), "paths.svg")} aria-label="Download the drawing as SVG">
            SVG
          </Button>
        }
      />
      <div className={styles.right}>
        <figure className={styles.figure} aria-label={summary}>
          <div ref={scroller} className={styles.scroller}>
            <PathDrawing
              ref={svg}
              drawing={drawing}
              traced={{ ...trace, current: placed ?? "", end: graph.end }}
              measure={measure}
              onChooseEdge={chooseEdge}
              onOpenFold={openFold}
              summary={summary}
            />
          </div>
        </figure>
        {relation && (
          <div className={styles.evidence}>
            <EdgePanel
              key={`${relation.source.id} ${relation.target.id}`}
              source={relation.source.id}
              target={relation.target.id}
              actions={<EdgeSteps current={current} total={edges.length} onStep={step} />}
            />
          </div>
        )}
      </div>
    </div>
  );
}

function useDrawing(paths: Paths["paths"]) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const title = useMeasure(12, 500);
  const second = useMeasure(11, 500);
  const graph = useMemo(() => foldParallel(mergePaths(paths), opened), [paths, opened]);
  const drawing = useMemo(() => layoutPaths(graph, second), [graph, second]);
  const openFold = (id: string) => setOpened(new Set([...opened, id]));
  return { graph, drawing, measure: { title, second }, openFold };
}

/** Scrolls a drawing that is larger than its place to the edge that is looked at, with both its cards. */
function useKeptInView(drawing: Drawing, key: string | undefined) {
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const edge = drawing.edges.find((each) => each.key === key);
    const start = edge?.points[0];
    const box = scroller.current;
    if (!edge || !start || !box) return;
    const left = Math.min(start.x, edge.tip.x) - CARD.width;
    const right = Math.max(start.x, edge.tip.x) + CARD.width;
    const outside = left < box.scrollLeft || right > box.scrollLeft + box.clientWidth;
    if (outside) box.scrollLeft = left - 20;
    const middle = (start.y + edge.tip.y) / 2;
    const far = Math.abs(middle - (box.scrollTop + box.clientHeight / 2)) > box.clientHeight / 2 - 60;
    if (far) box.scrollTop = middle - box.clientHeight / 2;
  }, [drawing, key]);
  return scroller;
}

/** `[` and `]` go along the path, as in a text. */
function useBrackets(step: (by: number) => void) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !singleKeysOn() || isTyping(event.target)) return;
      if (event.key === "[") step(-1);
      if (event.key === "]") step(1);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });
}

function EdgeSteps({ current, total, onStep }: { current: number; total: number; onStep: (by: number) => void }) {
  return (
    <span className={styles.steps}>
      <span className="quiet">
        edge {current + 1} of {total}
      </span>
      <Button small disabled={current === 0} onClick={() => onStep(-1)} aria-label="Previous edge" aria-keyshortcuts="[">
        [
      </Button>
      <Button small disabled={current === total - 1} onClick={() => onStep(1)} aria-label="Next edge" aria-keyshortcuts="]">
        ]
      </Button>
    </span>
  );
}

/** The drawn line that stands for a step, which may end at a fold. */
function drawnEnds(graph: LayeredGraph, source: string, target: string): string {
  const home = (id: string): string => graph.nodes.find((node) => node.members.some((member) => member.id === id))?.id ?? id;
  return edgeKey(home(source), home(target));
}

/** Where a clicked line occurs: on the chosen path if it is there, else on the first path that has it. */
export function pathWith(answer: Paths, { edge }: PlacedEdge, chosen: number): { path: number; edge: number } | null {
  const order = [chosen, ...answer.paths.keys()];
  for (const path of order) {
    const at = answer.paths[path]?.edges.findIndex((relation) =>
      edge.relations.some((other) => other.source.id === relation.source.id && other.target.id === relation.target.id),
    );
    if (at !== undefined && at >= 0) return { path, edge: at };
  }
  return null;
}

function summaryOf(answer: Paths): string {
  const first = answer.paths[0];
  const from = first?.edges[0]?.source.name ?? "";
  const to = first?.edges.at(-1)?.target.name ?? "";
  const ways = answer.more ? `the first ${answer.paths.length} of more paths` : plural(answer.paths.length, "path");
  return `${ways} from ${from} to ${to}, the shortest of ${plural(first?.hops ?? 0, "hop")}`;
}
