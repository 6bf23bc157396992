/** A relation that would stand but for one layer, and which one that is. */
import type { BlockedRelation } from "../scene/model";
import { callWord } from "../scene/words";
import { Verdict } from "../ui/Verdict";
import { blockedSentence } from "./blockedWords";
import styles from "./EdgePanel.module.css";

export function BlockedBy({ relation }: { relation: BlockedRelation }) {
  return (
    <div className={styles.summary}>
      <p className={styles.verdict}>
        <code className={styles.call}>{callWord(relation)}</code>
        <Verdict verdict="blocked" words="Blocked" />
      </p>
      <p className={styles.why}>{blockedSentence(relation)}</p>
    </div>
  );
}
