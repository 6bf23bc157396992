/** The relations of one identity with one other account, or with what is drawn as one: each with its own evidence. */
import { useQuery } from "@tanstack/react-query";
import { useScope } from "../router/url-state";
import { plural } from "../scene/text";
import { cutMiddle } from "../ui/format";
import { Panel, Section } from "../ui/Panel";
import { ErrorState, Loading } from "../ui/states";
import type { MapNode, MapScene } from "./columnar";
import { relationsQuery } from "./graphQuery";
import { RelationRows } from "./RelationRows";
import { accountOfNode, standsIn } from "./useMapState";
import type { MapState } from "./useMapState";

interface Props {
  source: string;
  target: string;
  /** The end that stands for several nodes. */
  many: "source" | "target";
  scene: MapScene;
  state: MapState;
  onClose: () => void;
}

/** As many as one answer holds. */
const MOST = 200;

/** Both ends of the title have to be read. */
const MOST_NAME = 20;

export function BundlePanel({ source, target, many, scene, state, onClose }: Props) {
  const name = (id: string): string => scene.byId.get(id)?.label ?? accountOfNode(id);
  const one = scene.byId.get(many === "source" ? target : source);
  return (
    <Panel title={`${cutMiddle(name(source), MOST_NAME)} → ${cutMiddle(name(target), MOST_NAME)}`} onClose={onClose}>
      {one && <Rows one={one} other={many === "source" ? source : target} many={many} state={state} />}
    </Panel>
  );
}

interface RowsProps {
  one: MapNode;
  other: string;
  many: Props["many"];
  state: MapState;
}

function Rows({ one, other, many, state }: RowsProps) {
  const way = many === "source" ? "inbound" : "outbound";
  const page = useQuery(relationsQuery(useScope(), one.key, way, MOST));
  if (page.isError) return <ErrorState error={page.error} onRetry={() => void page.refetch()} />;
  if (page.isPending) return <Loading what="the relations" />;
  const { results, total } = page.data;
  const relations = results.filter((relation) => standsIn(relation[many], other));
  return (
    <Section title="Relations" remark={plural(relations.length, "relation")}>
      <RelationRows relations={relations} end={many} state={state} />
      {total > results.length && (
        <p className="hint">
          Of the first {results.length} relations of {one.label}; its page lists all {total.toLocaleString("en")}.
        </p>
      )}
    </Section>
  );
}
