/** The statements that take part, side by side: what the source may do, and whom the target lets in. */
import type { EvidenceDocument } from "../api/types";
import type { NodeRef } from "../scene/model";
import { CopyButton } from "../ui/CopyButton";
import { StatementViewer } from "../ui/StatementViewer";
import styles from "./EdgePanel.module.css";
import { groundLines } from "./lines";

export function Documents({ documents, source, target }: { documents: EvidenceDocument[]; source: NodeRef; target: NodeRef }) {
  if (documents.length === 0) return null;
  const order = ["identity", "resource", "boundary", "trust"];
  const sorted = [...documents].sort((a, b) => order.indexOf(a.side) - order.indexOf(b.side));
  return (
    <div className={styles.documents}>
      {sorted.map((document, index) => (
        <DocumentColumn key={`${document.side} ${document.name} ${index}`} document={document} source={source} target={target} />
      ))}
    </div>
  );
}

function DocumentColumn({ document, source, target }: { document: EvidenceDocument; source: NodeRef; target: NodeRef }) {
  const title = columnTitle(document, source, target);
  const lines = groundLines(document.text, document.highlights);
  return (
    <section className={styles.document} aria-label={title}>
      <header className={styles.documentTitle}>
        <div className={styles.documentWords}>
          <h3>{title}</h3>
          <span className="small second" title={document.arn ?? undefined}>
            {documentWords(document)}
          </span>
        </div>
        <CopyButton text={document.text} what={`policy ${document.name}`} />
      </header>
      <StatementViewer text={document.text} label={`${title}: ${document.name}`} highlights={document.highlights} {...lines} />
    </section>
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
