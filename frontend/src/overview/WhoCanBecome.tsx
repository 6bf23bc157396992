/** How many relations there are of each kind, and what they hang on. */
import type { Revision } from "../api/types";
import { Verdict } from "../ui/Verdict";
import { count } from "../ui/format";
import { NumberCell, Table } from "../ui/Table";

const KINDS = [
  { kind: "can-assume", words: "Can assume a role" },
  { kind: "federates-into", words: "Federates into a role" },
  { kind: "runs-as", words: "Service or workload runs as a role" },
  { kind: "can-escalate", words: "Takes over by escalation" },
  { kind: "can-read", words: "Reads a bucket or a secret" },
  { kind: "member-of", words: "Member of a group" },
] as const;
const CERTAINTIES = ["certain", "conditional", "unknown"] as const;
const WORDS = { certain: "Allowed", conditional: "Allowed if", unknown: "Unknown" } as const;
const COLUMNS = [
  { name: "Relation", width: "46%" },
  ...CERTAINTIES.map((certainty) => ({ name: WORDS[certainty], numeric: true })),
];

export function WhoCanBecome({ edges }: { edges: Revision["edges"] }) {
  return (
    <>
      <Table caption="Relations by kind and certainty" columns={COLUMNS}>
        {KINDS.map(({ kind, words }) => (
          <tr key={kind}>
            <td>{words}</td>
            {CERTAINTIES.map((certainty) => (
              <NumberCell key={certainty}>{count(edges[kind]?.[certainty] ?? 0)}</NumberCell>
            ))}
          </tr>
        ))}
      </Table>
      <p className="quiet small" style={{ paddingTop: 8 }}>
        <Verdict verdict="conditional" /> hangs on a condition that the call decides, MFA or a source address for instance.{" "}
        <Verdict verdict="unknown" /> means a policy could not be read: it is never counted as safe.
      </p>
    </>
  );
}
