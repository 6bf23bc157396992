/** Trusts in a narrow panel: who is let in, into what, and whether at once. */
import type { Trust } from "../api/types";
import { displayName, verdictInWords } from "../scene/words";
import { KindMark } from "../ui/KindMark";
import { Verdict } from "../ui/Verdict";
import styles from "./TrustsPage.module.css";

export function TrustRows({ trusts, onChoose }: { trusts: readonly Trust[]; onChoose: (trust: Trust) => void }) {
  return (
    <ul className={styles.list}>
      {trusts.map((trust) => (
        <li key={`${trust.role.id} ${trust.statement} ${trust.principal.id}`}>
          <button type="button" className={styles.item} onClick={() => onChoose(trust)}>
            <KindMark kind={trust.principal.kind} admin={trust.principal.admin} />
            <span className={styles.itemWords}>
              <span>{displayName(trust.principal)}</span>
              <span className={styles.itemPlace}>
                becomes {trust.role.name}, statement {trust.statement + 1}
              </span>
            </span>
            <TrustVerdict trust={trust} />
          </button>
        </li>
      ))}
    </ul>
  );
}

export function TrustVerdict({ trust }: { trust: Trust }) {
  const { certainty } = trust;
  if (certainty === null) return <Verdict verdict="blocked" words="Lets nobody in" />;
  return <Verdict verdict={certainty} words={verdictInWords({ certainty, conditions: trust.conditions })} />;
}
