/** Chooses one node: type a name, an ARN or an account id, and take one of what the server finds. */
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { searchQuery } from "../api/queries";
import { useScope } from "../router/url-state";
import { neighbourhoodQuery } from "../scene/neighbourhoodQuery";
import type { NodeRef } from "../scene/model";
import { placeOf } from "../scene/model";
import { Button } from "../ui/Button";
import { Input } from "../ui/Field";
import { CrossIcon } from "../ui/icons";
import { KindMark } from "../ui/KindMark";
import { kindWord } from "../ui/kinds";
import styles from "./PathsPage.module.css";

interface Props {
  label: string;
  placeholder: string;
  onChoose: (node: NodeRef) => void;
  onLeave?: () => void;
  focused?: boolean;
  /** Only nodes of these kinds are offered; all where it is not given. */
  kinds?: readonly NodeRef["kind"][];
}

export function NodePicker({ label, placeholder, onChoose, onLeave, focused = false, kinds }: Props) {
  const scope = useScope();
  const [words, setWords] = useState("");
  const [active, setActive] = useState(0);
  const [open, setOpen] = useState(false);
  const id = useId();
  const found = useQuery(searchQuery(scope, words.trim()));
  const results = words.trim() === "" ? [] : (found.data ?? []).filter((node) => kinds?.includes(node.kind) ?? true);
  const shown = open && words.trim() !== "";
  const choose = (node: NodeRef | undefined) => {
    if (!node) return;
    setWords("");
    setOpen(false);
    onChoose(node);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const moves: Partial<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const move = moves[event.key];
    if (move !== undefined) setActive((active + move + results.length) % Math.max(1, results.length));
    else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) choose(results[active]);
    else if (event.key === "Escape" && (onLeave ?? shown)) {
      setOpen(false);
      onLeave?.();
    } else return;
    event.preventDefault();
  };
  return (
    <div className={styles.picker}>
      <Input
        className={styles.pickerInput ?? ""}
        role="combobox"
        aria-label={label}
        aria-expanded={shown}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={shown && results[active] ? `${id}-${active}` : undefined}
        placeholder={placeholder}
        value={words}
        // Opened by a button that asks for it: focus goes where typing will.
        // eslint-disable-next-line jsx-a11y/no-autofocus -- see above
        autoFocus={focused}
        onChange={(event) => {
          setWords(event.target.value);
          setActive(0);
          setOpen(true);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setOpen(false)}
      />
      {shown && (
        <Results id={id} results={results} active={active} pending={found.isFetching} onChoose={choose} />
      )}
    </div>
  );
}

interface ResultsProps {
  id: string;
  results: readonly NodeRef[];
  active: number;
  pending: boolean;
  onChoose: (node: NodeRef) => void;
}

function Results({ id, results, active, pending, onChoose }: ResultsProps) {
  return (
    <div id={id} role="listbox" aria-label="Found" className={styles.results}>
      {results.map((node, index) => (
        // The keys are handled by the input, which keeps the focus.
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- see above
        <div
          key={node.id}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          className={styles.result}
          title={node.id}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(node)}
        >
          <KindMark kind={node.kind} admin={node.admin} />
          <span className={styles.resultName}>{node.name}</span>
          <span className={styles.resultPlace}>
            {kindWord(node.kind)}, {placeOf(node)}
          </span>
        </div>
      ))}
      {results.length === 0 && <p className={styles.noResult}>{pending ? "Searching…" : "Nothing in this revision matches."}</p>}
    </div>
  );
}

/** What is chosen, with a cross to choose again. The address holds the id alone; its name comes from the server. */
export function ChosenNode({ label, id, onRemove }: { label: string; id: string; onRemove: () => void }) {
  const around = useQuery(neighbourhoodQuery(useScope(), id));
  const node = around.data?.nodes.find((each) => each.role === "center");
  return (
    <span className={styles.chosenNode} title={id}>
      {node && <KindMark kind={node.kind} admin={node.admin} />}
      <span className={styles.chosenName}>{node?.name ?? id}</span>
      {node && <span className={styles.chosenPlace}>{placeOf(node)}</span>}
      <Button look="icon" small onClick={onRemove} aria-label={`${label}: choose another than ${node?.name ?? id}`}>
        <CrossIcon size={12} />
      </Button>
    </span>
  );
}
