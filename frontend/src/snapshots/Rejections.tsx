/** What was not taken: what happened, where, what to do, and the lines themselves. */
import type { Upload } from "../api/types";
import { classes } from "../ui/classes";
import styles from "./UploadRow.module.css";
import { lineOf } from "./words";

type Rejection = Upload["files"][number]["rejections"][number];

const SHOWN = 20;

function Excerpt({ rejection }: { rejection: Rejection }) {
  if (rejection.excerpt.length === 0) return null;
  const marked = lineOf(rejection.place);
  return (
    <ol className={styles.excerpt} aria-label={`Lines of ${rejection.file}`}>
      {rejection.excerpt.map((line) => (
        <li key={line.line} className={classes(styles.excerptLine, line.line === marked && styles.marked)}>
          <span className={styles.lineNumber}>{line.line}</span>
          <code>{line.text}</code>
        </li>
      ))}
    </ol>
  );
}

export function Rejections({ upload }: { upload: Upload }) {
  const rejections = upload.files.flatMap((file) => file.rejections);
  if (rejections.length === 0) return null;
  return (
    <ul className={styles.rejections}>
      {rejections.slice(0, SHOWN).map((rejection, index) => (
        <li key={index} className={styles.rejection}>
          <div>
            <p>
              <strong className={styles.name}>{rejection.file}</strong>
              {rejection.account && <span className="quiet"> account {rejection.account}</span>}
            </p>
            <p>
              Expected: {rejection.rule}
              {rejection.place && <span className="quiet"> ({rejection.place})</span>}. Nothing of{" "}
              {rejection.account ? "this account" : "it"} was stored.
            </p>
            <p className="second small">{rejection.remedy}</p>
          </div>
          <Excerpt rejection={rejection} />
        </li>
      ))}
      {rejections.length > SHOWN && (
        <li className="quiet small">
          {SHOWN} of {rejections.length} rejections
        </li>
      )}
    </ul>
  );
}
