/** What is typed into, ticked, or chosen from a few. */
import type { ComponentProps, ReactNode } from "react";
import styles from "./Field.module.css";
import { classes } from "./classes";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={classes(styles.input, className)} spellCheck={false} autoComplete="off" {...rest} />;
}

/** Several lines of a message or a document, as they are. */
export function TextArea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea className={classes(styles.area, className)} spellCheck={false} autoComplete="off" {...rest} />;
}

export function Select({ className, ...rest }: ComponentProps<"select">) {
  return <select className={classes(styles.input, styles.select, className)} {...rest} />;
}

/** A label above what it names. */
export function Field({ label, hint, children }: { label: string; hint?: ReactNode; children: ReactNode }) {
  return (
    <label className={styles.field}>
      <span className={styles.label}>{label}</span>
      {children}
      {hint && <span className="hint">{hint}</span>}
    </label>
  );
}

export function Checkbox({
  label,
  checked,
  onChange,
  disabled = false,
}: {
  label: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}) {
  return (
    <label className={styles.check}>
      <input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => onChange(event.currentTarget.checked)} />
      {label}
    </label>
  );
}

export interface Choice<Value extends string> {
  value: Value;
  name: string;
}

/** One of a few, side by side. */
export function Segmented<Value extends string>({
  label,
  choices,
  chosen,
  onChoose,
}: {
  label: string;
  choices: readonly Choice<Value>[];
  chosen: Value;
  onChoose: (value: Value) => void;
}) {
  return (
    <div role="group" aria-label={label} className={styles.segmented}>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          className={styles.segment}
          aria-pressed={choice.value === chosen}
          onClick={() => onChoose(choice.value)}
        >
          {choice.name}
        </button>
      ))}
    </div>
  );
}
