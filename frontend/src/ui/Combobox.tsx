/** A field that offers what fits while somebody types. The focus stays in the field; arrows go through the list. */
import { useEffect, useId, useRef, useState } from "react";
import type { KeyboardEvent, ReactNode } from "react";
import styles from "./Combobox.module.css";
import { Input } from "./Field";

export interface Option {
  id: string;
  content: ReactNode;
}

interface Props {
  label: string;
  placeholder: string;
  className?: string | undefined;
  text: string;
  onText: (text: string) => void;
  options: readonly Option[];
  onChoose: (id: string) => void;
  /** Said in place of options where there are none; without it the list is not shown then. */
  nothing?: string | undefined;
  /** Said below the options: "20 of 163". */
  more?: string | undefined;
  /** Other texts than the options are welcome: Enter takes an option only after an arrow has gone to it. */
  free?: boolean;
  onLeave?: (() => void) | undefined;
  focused?: boolean;
}

export function Combobox(props: Props) {
  const { label, placeholder, className, text, onText, options, onChoose, nothing, more, free = false, onLeave, focused = false } = props;
  const id = useId();
  const first = free ? -1 : 0;
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(first);
  const shown = open && text.trim() !== "" && (options.length > 0 || nothing !== undefined);
  const close = () => {
    setOpen(false);
    setActive(first);
  };
  const choose = (option: Option) => {
    close();
    onChoose(option.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = actOf(event, { shown, active, options, onLeave });
    if (act === null) return;
    event.preventDefault();
    if (typeof act === "number") {
      setOpen(true);
      setActive(act);
    } else if (act === "leave") {
      close();
      onLeave?.();
    } else choose(act);
  };
  return (
    <div className={styles.combobox}>
      <Input
        className={className ?? styles.input ?? ""}
        role="combobox"
        aria-label={label}
        aria-expanded={shown}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={shown && options[active] ? `${id}-${active}` : undefined}
        placeholder={placeholder}
        value={text}
        // Opened by a button that asks for it: focus goes where typing will.
        // eslint-disable-next-line jsx-a11y/no-autofocus -- see above
        autoFocus={focused}
        onChange={(event) => {
          onText(event.target.value);
          setActive(first);
          setOpen(true);
        }}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      {shown && <List id={id} options={options} active={active} nothing={nothing} more={more} onChoose={choose} />}
    </div>
  );
}

interface Now {
  shown: boolean;
  active: number;
  options: readonly Option[];
  onLeave: (() => void) | undefined;
}

/** What a key does: go to a place in the list, take an option, leave; null is nothing. */
function actOf(event: KeyboardEvent, { shown, active, options, onLeave }: Now): number | Option | "leave" | null {
  const count = shown ? options.length : 0;
  switch (event.key) {
    case "ArrowDown":
      return nextOf(active, 1, count);
    case "ArrowUp":
      return nextOf(active, -1, count);
    case "Enter":
      return event.ctrlKey || event.metaKey || !shown ? null : (options[active] ?? null);
    case "Escape":
      return onLeave !== undefined || shown ? "leave" : null;
    default:
      return null;
  }
}

/** Round and round; a list that is still closed opens where it is. */
function nextOf(active: number, move: number, count: number): number {
  if (count === 0) return active;
  return active < 0 ? (move > 0 ? 0 : count - 1) : (active + move + count) % count;
}

interface ListProps {
  id: string;
  options: readonly Option[];
  active: number;
  nothing: string | undefined;
  more: string | undefined;
  onChoose: (option: Option) => void;
}

function List({ id, options, active, nothing, more, onChoose }: ListProps) {
  const chosen = useRef<HTMLDivElement>(null);
  useEffect(() => {
    chosen.current?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <div className={styles.results}>
      <div id={id} role="listbox" aria-label="Found" className={styles.list}>
        {options.map((option, index) => (
          // The keys are handled by the input, which keeps the focus.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- see above
          <div
            key={option.id}
            ref={index === active ? chosen : undefined}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={styles.result}
            title={option.id}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(option)}
          >
            {option.content}
          </div>
        ))}
      </div>
      {(options.length === 0 ? nothing : more) && (
        <p className={styles.remark} role="status">
          {options.length === 0 ? nothing : more}
        </p>
      )}
    </div>
  );
}

/** An option's name, and what is said of it at the right. */
export function OptionWords({ name, place, mark }: { name: string; place: string; mark?: ReactNode }) {
  return (
    <>
      {mark}
      <span className={styles.name}>{name}</span>
      <span className={styles.place}>{place}</span>
    </>
  );
}
