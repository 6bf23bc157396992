/** Relations of an identity as a table; the verdict opens the evidence. */
import type { IdentityDetail, Relation } from "../api/types";
import { NodeName } from "../router/links";
import { useScope, useUrlState } from "../router/url-state";
import { conditionInWords, labelWord, relationSentence, verdictInWords } from "../scene/words";
import { Button } from "../ui/Button";
import { count, NOTHING } from "../ui/format";
import { ErrorState } from "../ui/states";
import { LoadingRows, Table } from "../ui/Table";
import { Verdict } from "../ui/Verdict";
import { rowsOf, useRelations } from "./queries";

export type Way = "inbound" | "outbound";

const columnsOf = (way: Way) => [
  { name: way === "inbound" ? "Identity" : "Becomes", width: "27%" },
  { name: "Account", width: "16%" },
  { name: "By", width: "13%" },
  { name: "Needs" },
  { name: "Verdict", width: "17%" },
];

function sayNeeds(relation: Relation): string {
  if (relation.certainty === "unknown") return relation.reasons.join("; ") || "what is missing was not said";
  const needs = [...new Set(relation.conditions.map(conditionInWords))];
  return needs.join(", and ") || (relation.certainty === "certain" ? "nothing" : NOTHING);
}

function Row({ relation, way }: { relation: Relation; way: Way }) {
  const [search, change] = useUrlState();
  const other = way === "inbound" ? relation.source : relation.target;
  const chosen = search.edge === other.id;
  const tab = way === "inbound" ? "trust" : "reach";
  return (
    <tr aria-selected={chosen}>
      <td>
        <NodeName node={other} />
      </td>
      <td className="second" title={other.account ?? undefined}>
        {other.account_name ?? other.account ?? NOTHING}
      </td>
      <td className="second">{labelWord(relation.kind)}</td>
      <td className="second" title={sayNeeds(relation)}>
        {sayNeeds(relation)}
      </td>
      <td>
        <button
          type="button"
          title={`Why: ${relationSentence(relation)}`}
          aria-label={`Why: ${relationSentence(relation)}`}
          aria-expanded={chosen}
          onClick={() => change({ tab, edge: chosen ? undefined : other.id })}
        >
          <Verdict verdict={relation.certainty} words={verdictInWords(relation)} />
        </button>
      </td>
    </tr>
  );
}

/** `most` rows at first sight; without it, all of them, page by page. */
export function RelationsList({ identity, way, most }: { identity: IdentityDetail; way: Way; most?: number }) {
  const relations = useRelations(useScope(), identity.key, way);
  if (relations.isError) return <ErrorState error={relations.error} onRetry={() => void relations.refetch()} />;
  const columns = columnsOf(way);
  const rows = rowsOf(relations.data);
  const total = relations.data?.pages[0]?.total ?? 0;
  const shown = most === undefined ? rows : rows.slice(0, most);
  return (
    <>
      <Table caption={way === "inbound" ? "Who can become this" : "What it can become"} columns={columns}>
        {relations.isPending ? (
          <LoadingRows columns={columns.length} rows={3} />
        ) : (
          shown.map((relation, index) => <Row key={index} relation={relation} way={way} />)
        )}
      </Table>
      {shown.length < total && (
        <p className="quiet small" style={{ paddingTop: 8 }}>
          {count(shown.length)} of {count(total)}{" "}
          {most === undefined && relations.hasNextPage && (
            <Button look="link" onClick={() => void relations.fetchNextPage()} disabled={relations.isFetchingNextPage}>
              Show more
            </Button>
          )}
        </p>
      )}
    </>
  );
}
