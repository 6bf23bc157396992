/** The question: who does what on what, and what is known of the request. */
import { useState } from "react";
import { ChosenNode, NodePicker } from "../paths/NodePicker";
import { useCtrlEnter } from "../router/shortcuts";
import { Button } from "../ui/Button";
import { Checkbox, Input } from "../ui/Field";
import { CrossIcon } from "../ui/icons";
import styles from "./SimulatePage.module.css";
import { isAsked } from "./simulateSearch";
import type { ContextRow, Simulated } from "./simulateSearch";
import { sessionOf } from "./words";

const CALLERS = ["user", "role"] as const;

interface Props {
  question: Simulated;
  onAsk: (question: Simulated) => void;
  pasting: boolean;
  onPaste: () => void;
}

export function SimulateForm({ question, onAsk, pasting, onPaste }: Props) {
  const [draft, setDraft] = useState(question);
  const change = (patch: Partial<Simulated>) => setDraft({ ...draft, ...patch });
  const ready = isAsked({ ...draft, action: draft.action.trim() });
  const ask = () => ready && onAsk(draft);
  useCtrlEnter(ask);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
    >
      <div className={styles.formRow}>
        <span className="quiet">May</span>
        <Who id={draft.principal} onChange={(principal) => change({ principal })} />
        <Input
          className={styles.action ?? ""}
          aria-label="Action"
          placeholder="s3:GetObject"
          value={draft.action}
          onChange={(event) => change({ action: event.target.value })}
        />
        <span className="quiet">on</span>
        <Input
          className={styles.resource ?? ""}
          aria-label="Resource"
          placeholder="ARN of the resource; empty: *"
          value={draft.resource}
          onChange={(event) => change({ resource: event.target.value })}
        />
        <span className="quiet">of</span>
        <Input
          className={styles.account ?? ""}
          aria-label="Account of the resource"
          title="Who owns the resource, where its ARN does not say: buckets"
          placeholder="account"
          inputMode="numeric"
          maxLength={12}
          value={draft.account}
          onChange={(event) => change({ account: event.target.value })}
        />
        <span className="spacer" />
        <Button look="primary" type="submit" disabled={!ready} title={ready ? undefined : "Choose who does what first"}>
          Evaluate <kbd className={styles.kbd}>Ctrl ↵</kbd>
        </Button>
      </div>
      <div className={styles.formRow}>
        <ContextRows rows={draft.context} onChange={(context) => change({ context })} />
        <Checkbox
          label={<span title="Else a key that is not given is absent, as AWS takes it">Other keys are unknown</span>}
          checked={draft.unknown}
          onChange={(unknown) => change({ unknown })}
        />
        <span className="spacer" />
        <Button onClick={onPaste} aria-expanded={pasting}>
          Paste AccessDenied
        </Button>
      </div>
    </form>
  );
}

function Who({ id, onChange }: { id: string; onChange: (id: string) => void }) {
  const session = sessionOf(id);
  if (id === "") {
    return <NodePicker label="Who" placeholder="User or role: name, ARN" kinds={CALLERS} onChoose={(node) => onChange(node.id)} />;
  }
  if (session === null) return <ChosenNode label="Who" id={id} onRemove={() => onChange("")} />;
  return (
    <span className={styles.session} title={id}>
      <span className={styles.sessionName}>{session.role}</span>
      <span className={styles.sessionPlace}>session {session.session}</span>
      <Button look="icon" small onClick={() => onChange("")} aria-label={`Who: choose another than ${session.role}`}>
        <CrossIcon size={12} />
      </Button>
    </span>
  );
}

function ContextRows({ rows, onChange }: { rows: ContextRow[]; onChange: (rows: ContextRow[]) => void }) {
  const set = (index: number, patch: Partial<ContextRow>) =>
    onChange(rows.map((row, place) => (place === index ? { ...row, ...patch } : row)));
  return (
    <fieldset className={styles.context}>
      <legend className="quiet">Request</legend>
      {rows.map((row, index) => (
        // A row has no name of its own before somebody types one.
        <span key={index} className={styles.contextRow}>
          <Input
            className={styles.contextKey ?? ""}
            aria-label={`Context key ${index + 1}`}
            placeholder="aws:SourceIp"
            // Opened by a button that asks for it: focus goes where typing will.
            // eslint-disable-next-line jsx-a11y/no-autofocus -- see above
            autoFocus={row.key === "" && row.value === ""}
            value={row.key}
            onChange={(event) => set(index, { key: event.target.value })}
          />
          <span className="quiet">=</span>
          <Input
            className={styles.contextValue ?? ""}
            aria-label={`Value of context key ${index + 1}`}
            value={row.value}
            onChange={(event) => set(index, { value: event.target.value })}
          />
          <Button look="icon" small onClick={() => onChange(rows.filter((_, place) => place !== index))} aria-label={`Remove context key ${index + 1}`}>
            <CrossIcon size={12} />
          </Button>
        </span>
      ))}
      <Button onClick={() => onChange([...rows, { key: "", value: "" }])}>+ Context key</Button>
    </fieldset>
  );
}
