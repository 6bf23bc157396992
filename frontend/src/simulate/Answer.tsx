/** The decision: each layer's verdict in a row, the statements that decide, and what would have to change. */
import type { DecidingDocument, Evaluation, KnownKey } from "../api/types";
import { NodeName } from "../router/links";
import { CopyButton } from "../ui/CopyButton";
import { Detail, DetailLines, Details, LineList } from "../ui/Details";
import { DocumentColumn, DocumentColumns } from "../ui/Documents";
import { Verdict } from "../ui/Verdict";
import { VerdictRow } from "../ui/VerdictRow";
import styles from "./SimulatePage.module.css";
import { decisionSentence, sessionOf, VERDICTS } from "./words";

export function Answer({ evaluation }: { evaluation: Evaluation }) {
  return (
    <section className={styles.answer} aria-label="Decision">
      <h2 className="visually-hidden">Decision</h2>
      <header className={styles.decision} role="status">
        <div className={styles.decisionWords}>
          <Verdict verdict={VERDICTS[evaluation.decision]} words={decisionSentence(evaluation)} />
          <Asked evaluation={evaluation} />
        </div>
        <CopyButton text={window.location.href} what="link to this decision" words="Copy link" />
      </header>
      <VerdictRow layers={evaluation.layers} />
      <Documents documents={evaluation.documents} />
      <Details>
        <DetailLines name="What would have to change" lines={evaluation.changes} />
        <DetailLines name="The pasted policy" lines={evaluation.remarks} />
        <DetailLines name="What is missing" lines={evaluation.missing} />
        <Detail name="What was known">
          <Known keys={evaluation.context} />
        </Detail>
      </Details>
    </section>
  );
}

function Asked({ evaluation: { principal, caller, action, resource } }: { evaluation: Evaluation }) {
  const session = sessionOf(caller);
  return (
    <span className={styles.asked}>
      <NodeName node={principal} />
      {session && <span className="quiet">session {session.session}</span>}
      <code>{action}</code>
      <span className="quiet">on</span>
      <code className={styles.on}>{resource}</code>
    </span>
  );
}

function Documents({ documents }: { documents: DecidingDocument[] }) {
  if (documents.length === 0) {
    return <p className={styles.nothing}>No statement decides: nothing in this revision speaks of the request in the layer that stands in the way.</p>;
  }
  return (
    <DocumentColumns>
      {documents.map((document, index) => (
        <DocumentColumn key={`${document.layer} ${document.name} ${index}`} words={document.name} {...document} />
      ))}
    </DocumentColumns>
  );
}

function Known({ keys }: { keys: KnownKey[] }) {
  return (
    <LineList>
      {keys.map(({ key, values, given }) => (
        <li key={key}>
          <code>{key}</code> {values === null ? "is absent" : values.join(", ")}
          {given && <span className="quiet"> as given</span>}
        </li>
      ))}
    </LineList>
  );
}
