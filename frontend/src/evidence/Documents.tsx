/** The statements that take part, side by side: what the source may do, and whom the target lets in. */
import type { EvidenceDocument } from "../api/types";
import type { NodeRef } from "../scene/model";
import { DocumentColumn, DocumentColumns } from "../ui/Documents";

export function Documents({ documents, source, target }: { documents: EvidenceDocument[]; source: NodeRef; target: NodeRef }) {
  if (documents.length === 0) return null;
  const order = ["identity", "resource", "boundary", "trust"];
  const sorted = [...documents].sort((a, b) => order.indexOf(a.side) - order.indexOf(b.side));
  return (
    <DocumentColumns>
      {sorted.map((document, index) => (
        <DocumentColumn
          key={`${document.side} ${document.name} ${index}`}
          title={columnTitle(document, source, target)}
          words={documentWords(document)}
          {...document}
        />
      ))}
    </DocumentColumns>
  );
}

function columnTitle({ side, owner }: EvidenceDocument, source: NodeRef, target: NodeRef): string {
  if (side === "trust") return `${target.name} lets it in`;
  if (side === "boundary") return `${owner.name} is bounded by`;
  if (side === "resource") return `${owner.name} allows it`;
  return owner.id === source.id ? `${source.name} may call it` : `${owner.name} lets ${source.name} call it`;
}

function documentWords({ side, name, arn, statement }: EvidenceDocument): string {
  if (side === "trust") return `trust policy, statement ${statement + 1}`;
  const owner = arn === null ? "inline policy" : "managed policy";
  return `${side === "boundary" ? "boundary" : owner} ${name}, statement ${statement + 1}`;
}
