/** The resource's own policy, pasted; where it cannot be read, the lines that are wrong and the way to them. */
import { useId, useRef } from "react";
import type { FieldProblem } from "../api/client";
import { Button } from "../ui/Button";
import { TextArea } from "../ui/Field";
import { StatementViewer } from "../ui/StatementViewer";
import styles from "./SimulatePage.module.css";
import { selectionAt } from "./selection";

const AROUND = 2;
const LINE_HEIGHT = 18;

interface Props {
  /** "Trust policy" where a role is to be assumed. */
  name: string;
  policy: string;
  flaw: FieldProblem | undefined;
  onChange: (policy: string) => void;
  onRemove: () => void;
}

export function PolicyBox({ name, policy, flaw, onChange, onRemove }: Props) {
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const goTo = (line: number, column: number | undefined) => {
    const { start, end } = selectionAt(policy, line, column);
    if (!area.current) return;
    area.current.focus();
    area.current.setSelectionRange(start, end);
    area.current.scrollTop = (line - 1 - AROUND) * LINE_HEIGHT;
  };
  return (
    <section className={styles.policy} aria-label={name}>
      <span className={styles.policyHead}>
        <label htmlFor={id}>{name}</label>
        <span className="quiet">JSON, or what the AWS CLI prints. It counts in place of the one in this revision.</span>
        <span className="spacer" />
        <Button look="link" onClick={onRemove}>
          Remove
        </Button>
      </span>
      <TextArea
        id={id}
        ref={area}
        className={styles.policyText}
        rows={8}
        wrap="off"
        // Opened by a button that asks for it: focus goes where the policy is pasted.
        // eslint-disable-next-line jsx-a11y/no-autofocus -- see above
        autoFocus={policy === ""}
        placeholder={'{"Version": "2012-10-17", "Statement": […]}'}
        aria-invalid={flaw !== undefined}
        aria-describedby={flaw && `${id}-flaw`}
        value={policy}
        onChange={(event) => onChange(event.target.value)}
      />
      {flaw && <Flaw id={`${id}-flaw`} name={name} policy={policy} flaw={flaw} onGoTo={goTo} />}
    </section>
  );
}

interface FlawProps {
  id: string;
  name: string;
  policy: string;
  flaw: FieldProblem;
  onGoTo: (line: number, column: number | undefined) => void;
}

function Flaw({ id, name, policy, flaw: { detail, line, column }, onGoTo }: FlawProps) {
  return (
    <div className={styles.flaw}>
      <div className={styles.flawWords}>
        <p id={id} role="alert">
          {detail}
        </p>
        {line !== undefined && (
          <Button small onClick={() => onGoTo(line, column)}>
            Go to line {line}
          </Button>
        )}
      </div>
      {line !== undefined && (
        <div className={styles.flawLines}>
          <StatementViewer
            text={policy}
            label={`Lines of the ${name.toLowerCase()} around line ${line}`}
            firstLine={line - AROUND}
            lastLine={line + AROUND}
            highlights={[{ first_line: line, last_line: line, note: column === undefined ? "here" : `column ${column}` }]}
          />
        </div>
      )}
    </div>
  );
}
