/** The paths, the easiest first, and the chosen one as sentences. */
import type { ReactNode } from "react";
import { relationSentence } from "../scene/words";
import { plural } from "../scene/text";
import { VerdictIcon } from "../ui/Verdict";
import { viaWords } from "./layered";
import type { PathAnswer } from "./layered";
import styles from "./PathsPage.module.css";

interface Props {
  paths: PathAnswer[];
  more: boolean;
  chosen: number;
  onChoose: (index: number) => void;
  actions: ReactNode;
}

export function PathList({ paths, more, chosen, onChoose, actions }: Props) {
  const path = paths[chosen];
  return (
    <aside className={styles.list} aria-label="Paths, ranked">
      <header className={styles.listTitle}>
        <h2>Ranked by ease</h2>
        <span className="spacer" />
        {actions}
      </header>
      <ol>
        {paths.map((each, index) => (
          <li key={index} className={styles.listItem}>
            <button type="button" className={styles.path} aria-current={index === chosen} onClick={() => onChoose(index)}>
              <span className={styles.rank}>{index + 1}</span>
              <span className={styles.pathWords}>
                <span className={styles.pathName}>{viaWords(each)}</span>
                <span className={styles.pathFacts}>{factsOf(each)}</span>
              </span>
              <span className={styles.pathVerdict}>
                <VerdictIcon verdict={each.certainty} />
                <span className="visually-hidden">{{ certain: "Allowed", conditional: "Allowed if", unknown: "Unknown" }[each.certainty]}</span>
              </span>
            </button>
          </li>
        ))}
      </ol>
      {more && <p className={styles.listFoot}>Shows the first {paths.length}. There are more: avoid a node, or allow fewer hops, to see others.</p>}
      {path && <InWords path={path} number={chosen + 1} />}
    </aside>
  );
}

function factsOf(path: PathAnswer): string {
  const conditions = path.conditions === 0 ? "no condition" : plural(path.conditions, "condition");
  return `${plural(path.hops, "hop")}, ${plural(path.accounts, "account")}, ${conditions}`;
}

/** The drawing's other form: read aloud, copied, printed. */
function InWords({ path, number }: { path: PathAnswer; number: number }) {
  return (
    <section className={styles.inWords} aria-label={`Path ${number} in words`}>
      <h2>Path {number} in words</h2>
      <ol className={styles.sentences}>
        {path.edges.map((relation, index) => (
          <li key={index}>{relationSentence(relation)}</li>
        ))}
      </ol>
    </section>
  );
}
