/** The question: who does what on what, what is known of the request, and the resource's policy where somebody has it. */
import { useState } from "react";
import type { FieldProblem } from "../api/client";
import { ChosenNode, NodePicker } from "../paths/NodePicker";
import { useCtrlEnter } from "../router/shortcuts";
import { plural } from "../scene/text";
import { Button } from "../ui/Button";
import { Chosen } from "../ui/Chosen";
import { Checkbox, Input } from "../ui/Field";
import { Keys, ToolForm, ToolRow } from "../ui/ToolPage";
import { ActionField } from "./ActionField";
import { ContextRows } from "./ContextRows";
import { PolicyBox } from "./PolicyBox";
import { ResourceField } from "./ResourceField";
import styles from "./SimulatePage.module.css";
import { asksTrust, isAsked, questionKey } from "./simulateSearch";
import type { Simulated } from "./simulateSearch";
import { sessionOf } from "./words";

const CALLERS = ["user", "role"] as const;

interface Props {
  question: Simulated;
  onAsk: (question: Simulated) => void;
  pasting: boolean;
  onPaste: () => void;
  /** Why the question's policy cannot be read. */
  flaw: FieldProblem | undefined;
}

export function SimulateForm({ question, onAsk, pasting, onPaste, flaw }: Props) {
  const [draft, change] = useDraft(question);
  const [opened, setOpened] = useState(false);
  const ready = isAsked({ ...draft, action: draft.action.trim() });
  const ask = () => {
    if (ready) onAsk(draft);
  };
  useCtrlEnter(ask);
  const current = draft.policy === question.policy ? flaw : undefined;
  const policyName = asksTrust(draft) ? "Trust policy" : "Resource policy";
  const shown = opened || current !== undefined;
  return (
    <ToolForm onSubmit={ask}>
      <ToolRow>
        <span className="quiet">May</span>
        <Who id={draft.principal} onChange={(principal) => change({ principal })} />
        <ActionField action={draft.action} onChange={(action) => change({ action })} />
        <span className="quiet">on</span>
        <div className={styles.resourcePlace}>
          <ResourceField action={draft.action} resource={draft.resource} onChange={(resource) => change({ resource })} />
        </div>
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
          Evaluate <Keys>Ctrl ↵</Keys>
        </Button>
      </ToolRow>
      <ToolRow>
        <ContextRows rows={draft.context} onChange={(context) => change({ context })} />
        <Button onClick={() => setOpened(!shown)} aria-expanded={shown}>
          {draft.policy === "" ? `+ ${policyName}` : `${policyName}, ${plural(draft.policy.trimEnd().split("\n").length, "line")}`}
        </Button>
        <Checkbox
          label={<span title="Else a key that is not given is absent, as AWS takes it">Other keys are unknown</span>}
          checked={draft.unknown}
          onChange={(unknown) => change({ unknown })}
        />
        <span className="spacer" />
        <Button onClick={onPaste} aria-expanded={pasting}>
          Paste AccessDenied
        </Button>
      </ToolRow>
      {shown && (
        <PolicyBox
          name={policyName}
          policy={draft.policy}
          flaw={current}
          onChange={(policy) => change({ policy })}
          onRemove={() => {
            setOpened(false);
            change({ policy: "" });
          }}
        />
      )}
    </ToolForm>
  );
}

/** A draft of what the address says, begun anew when that changes. The fields stay, and with them the focus. */
function useDraft(question: Simulated): [Simulated, (patch: Partial<Simulated>) => void] {
  const [draft, setDraft] = useState(question);
  const [seen, setSeen] = useState(question);
  if (questionKey(seen) !== questionKey(question)) {
    setSeen(question);
    setDraft(question);
  }
  return [draft, (patch) => setDraft((old) => ({ ...old, ...patch }))];
}

function Who({ id, onChange }: { id: string; onChange: (id: string) => void }) {
  const session = sessionOf(id);
  if (id === "") {
    return <NodePicker label="Who" placeholder="User or role: name, ARN" kinds={CALLERS} onChoose={(node) => onChange(node.id)} />;
  }
  if (session === null) return <ChosenNode label="Who" id={id} onRemove={() => onChange("")} />;
  return <Chosen label="Who" id={id} name={session.role} place={`session ${session.session}`} onRemove={() => onChange("")} />;
}
