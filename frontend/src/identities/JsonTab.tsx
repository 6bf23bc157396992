/** The identity as the API tells it. */
import type { IdentityDetail } from "../api/types";
import { CopyButton } from "../ui/CopyButton";
import { StatementViewer } from "../ui/StatementViewer";
import styles from "./IdentityPage.module.css";

export function JsonTab({ identity }: { identity: IdentityDetail }) {
  const text = JSON.stringify(identity, null, 2);
  return (
    <section className={styles.document} aria-label="JSON">
      <header className={styles.documentHead}>
        <h2>As the API tells it</h2>
        <span className="spacer" />
        <CopyButton text={text} what="the JSON" />
      </header>
      <StatementViewer text={text} label="JSON of this identity" />
    </section>
  );
}
