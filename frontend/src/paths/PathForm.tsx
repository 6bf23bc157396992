/** The question: from whom to whom, by way of what, over which kinds of steps. */
import { useState } from "react";
import { useCtrlEnter } from "../router/shortcuts";
import { Button } from "../ui/Button";
import { Checkbox, Select } from "../ui/Field";
import { Keys, ToolForm, ToolGroup, ToolRow } from "../ui/ToolPage";
import { ChosenNode, NodePicker } from "./NodePicker";
import { AssumeFields } from "./AssumeFields";
import styles from "./PathsPage.module.css";
import { FOLLOWED, MOST_HOPS } from "./searchState";
import type { Followed, PathSearch } from "./searchState";

const FOLLOW_WORDS: Record<Followed, string> = {
  "can-assume": "Assume role",
  "federates-into": "Federation",
  "runs-as": "Runs as",
  "can-escalate": "Escalation",
};

interface Props {
  /** What the address says; the form is a draft of it until Find. */
  search: PathSearch;
  onFind: (search: PathSearch) => void;
  remark: React.ReactNode;
}

export function PathForm({ search, onFind, remark }: Props) {
  const [draft, setDraft] = useState(search);
  const change = (patch: Partial<PathSearch>) => setDraft({ ...draft, ...patch });
  const ready = draft.from !== "" && draft.to !== "" && draft.follow.length > 0;
  const find = () => ready && onFind({ ...draft, path: 1, edge: 1 });
  useCtrlEnter(find);
  return (
    <ToolForm onSubmit={find}>
      <ToolRow>
        <EndField label="From" id={draft.from} placeholder="Who starts: name, ARN" onChange={(from) => change({ from })} />
        <Button
          look="icon"
          aria-label="Swap from and to"
          title="Swap from and to"
          onClick={() => change({ from: draft.to, to: draft.from })}
        >
          ⇄
        </Button>
        <EndField label="To" id={draft.to} placeholder="Who is reached: name, ARN" onChange={(to) => change({ to })} />
        <More label="Via" ids={draft.via} onChange={(via) => change({ via })} />
        <More label="Avoid" ids={draft.avoid} onChange={(avoid) => change({ avoid })} />
        <label className="row">
          <span className="quiet">At most</span>
          <Select value={draft.hops} onChange={(event) => change({ hops: Number(event.target.value) })}>
            {Array.from({ length: MOST_HOPS }, (_, index) => (
              <option key={index} value={index + 1}>
                {index === 0 ? "1 hop" : `${index + 1} hops`}
              </option>
            ))}
          </Select>
        </label>
        <span className="spacer" />
        <Button look="primary" type="submit" disabled={!ready} title={ready ? undefined : "Choose from whom and to whom first"}>
          Find <Keys>Ctrl ↵</Keys>
        </Button>
      </ToolRow>
      <ToolRow>
        <ToolGroup name="Follow">
          {FOLLOWED.map((kind) => (
            <Checkbox
              key={kind}
              label={FOLLOW_WORDS[kind]}
              checked={draft.follow.includes(kind)}
              onChange={(on) => change({ follow: FOLLOWED.filter((each) => (each === kind ? on : draft.follow.includes(each))) })}
            />
          ))}
          <Checkbox label="Conditional" checked={draft.conditional} onChange={(conditional) => change({ conditional })} />
          <Checkbox label="Unknown" checked={draft.unknown} onChange={(unknown) => change({ unknown })} />
        </ToolGroup>
        <AssumeFields assumed={draft.assume} onChange={(assume) => change({ assume })} />
        <span className="spacer" />
        {remark}
      </ToolRow>
    </ToolForm>
  );
}

interface EndFieldProps {
  label: string;
  id: string;
  placeholder: string;
  onChange: (id: string) => void;
}

function EndField({ label, id, placeholder, onChange }: EndFieldProps) {
  return (
    <div className={styles.end}>
      <span className="quiet">{label}</span>
      {id === "" ? (
        <NodePicker label={label} placeholder={placeholder} onChoose={(node) => onChange(node.id)} />
      ) : (
        <ChosenNode label={label} id={id} onRemove={() => onChange("")} />
      )}
    </div>
  );
}

function More({ label, ids, onChange }: { label: string; ids: string[]; onChange: (ids: string[]) => void }) {
  const [adding, setAdding] = useState(false);
  return (
    <>
      {ids.map((id) => (
        <span key={id} className={styles.end}>
          <span className="quiet">{label}</span>
          <ChosenNode label={label} id={id} onRemove={() => onChange(ids.filter((other) => other !== id))} />
        </span>
      ))}
      {adding ? (
        <NodePicker
          label={label}
          placeholder={`${label}: name, ARN`}
          focused
          onLeave={() => setAdding(false)}
          onChoose={(node) => {
            setAdding(false);
            if (!ids.includes(node.id)) onChange([...ids, node.id]);
          }}
        />
      ) : (
        <Button onClick={() => setAdding(true)}>+ {label}</Button>
      )}
    </>
  );
}
