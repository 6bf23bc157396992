/** A message of AWS's, pasted: who, what and on what are read from it. */
import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { Denial } from "../api/types";
import { useScope } from "../router/url-state";
import { Button } from "../ui/Button";
import { TextArea } from "../ui/Field";
import { CrossIcon } from "../ui/icons";
import styles from "./SimulatePage.module.css";
import { readDenial } from "./simulateQuery";
import { denialSentence } from "./words";

export function DenialBox({ onRead }: { onRead: (denial: Denial) => void }) {
  const scope = useScope();
  const id = useId();
  const [text, setText] = useState("");
  const reading = useMutation({ mutationFn: () => readDenial(scope, text), onSuccess: onRead });
  return (
    <section className={styles.paste} aria-label="AccessDenied message">
      <label htmlFor={id}>The message, from “User:” on; a whole log line will do</label>
      <TextArea
        id={id}
        rows={4}
        // Opened by a button that asks for it: focus goes where the message is pasted.
        // eslint-disable-next-line jsx-a11y/no-autofocus -- see above
        autoFocus
        placeholder="User: arn:aws:iam::… is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::…"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <span className="row">
        <Button onClick={() => reading.mutate()} disabled={text.trim() === "" || reading.isPending}>
          Read it
        </Button>
        {reading.isError && (
          <span role="alert" className="second">
            {reading.error.message}
          </span>
        )}
      </span>
    </section>
  );
}

/** What the message said beyond the question, and what it did not say. */
export function DenialNote({ denial, onClose }: { denial: Denial; onClose: () => void }) {
  return (
    <section className={styles.note} aria-label="From the message">
      <div>
        <p>{denialSentence(denial)}</p>
        {denial.policy && <p className="mono">{denial.policy}</p>}
        {denial.remarks.map((remark) => (
          <p key={remark}>{remark}</p>
        ))}
      </div>
      <Button look="icon" small onClick={onClose} aria-label="Close what the message said">
        <CrossIcon size={14} />
      </Button>
    </section>
  );
}
