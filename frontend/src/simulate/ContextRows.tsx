/** What is known of the request beyond what the revision tells: condition keys and their values. */
import { Button } from "../ui/Button";
import { Input } from "../ui/Field";
import { CrossIcon } from "../ui/icons";
import { ToolGroup } from "../ui/ToolPage";
import styles from "./SimulatePage.module.css";
import type { ContextRow } from "./simulateSearch";

export function ContextRows({ rows, onChange }: { rows: ContextRow[]; onChange: (rows: ContextRow[]) => void }) {
  const set = (index: number, patch: Partial<ContextRow>) =>
    onChange(rows.map((row, place) => (place === index ? { ...row, ...patch } : row)));
  return (
    <ToolGroup name="Request">
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
    </ToolGroup>
  );
}
