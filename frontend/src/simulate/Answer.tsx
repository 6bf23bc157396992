/** The decision: each layer's verdict in a row, the statements that decide, and what would have to change. */
import type { DecidingDocument, Evaluation, KnownKey } from "../api/types";
import { groundLines } from "../evidence/lines";
import { NodeName } from "../router/links";
import { CopyButton } from "../ui/CopyButton";
import { StatementViewer } from "../ui/StatementViewer";
import { Verdict } from "../ui/Verdict";
import { VerdictRow } from "../ui/VerdictRow";
import styles from "./SimulatePage.module.css";
import { decisionSentence, sessionOf, VERDICTS } from "./words";

export function Answer({ evaluation }: { evaluation: Evaluation }) {
  return (
    <section className={styles.answer} aria-label="Decision">
      <header className={styles.decision} role="status">
        <Verdict verdict={VERDICTS[evaluation.decision]} words={decisionSentence(evaluation)} />
        <Asked evaluation={evaluation} />
        <span className="spacer" />
        <CopyButton text={window.location.href} what="link to this decision" words="Copy link" />
      </header>
      <VerdictRow layers={evaluation.layers} />
      <Documents documents={evaluation.documents} />
      <dl className={styles.details}>
        <Lines title="What would have to change" lines={evaluation.changes} />
        <Lines title="What is missing" lines={evaluation.missing} />
        <dt>What was known</dt>
        <dd>
          <Known keys={evaluation.context} />
        </dd>
      </dl>
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
    <div className={styles.documents}>
      {documents.map((document, index) => (
        <section key={`${document.layer} ${document.name} ${index}`} className={styles.document} aria-label={document.title}>
          <header className={styles.documentTitle}>
            <div className={styles.documentWords}>
              <h2>{document.title}</h2>
              <span className="small second" title={document.arn ?? undefined}>
                {document.name}
              </span>
            </div>
            <CopyButton text={document.text} what={`policy ${document.name}`} />
          </header>
          <StatementViewer
            text={document.text}
            label={`${document.title}: ${document.name}`}
            highlights={document.highlights}
            {...groundLines(document.text, document.highlights)}
          />
        </section>
      ))}
    </div>
  );
}

function Lines({ title, lines }: { title: string; lines: string[] }) {
  if (lines.length === 0) return null;
  return (
    <>
      <dt>{title}</dt>
      <dd>
        <ul className={styles.lines}>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </dd>
    </>
  );
}

function Known({ keys }: { keys: KnownKey[] }) {
  return (
    <ul className={styles.lines}>
      {keys.map(({ key, values, given }) => (
        <li key={key}>
          <code>{key}</code> {values === null ? "is absent" : values.join(", ")}
          {given && <span className="quiet"> as given</span>}
        </li>
      ))}
    </ul>
  );
}
