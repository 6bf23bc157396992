/** What was chosen in place of the field that chose it, with a cross to choose again. */
import type { ReactNode } from "react";
import { Button } from "./Button";
import styles from "./Chosen.module.css";
import { CrossIcon } from "./icons";

interface Props {
  /** What the field is called: "From". */
  label: string;
  id: string;
  name: string;
  place?: string | undefined;
  mark?: ReactNode;
  onRemove: () => void;
}

export function Chosen({ label, id, name, place, mark, onRemove }: Props) {
  return (
    <span className={styles.chosen} title={id}>
      {mark}
      <span className={styles.name}>{name}</span>
      {place && <span className={styles.place}>{place}</span>}
      <Button look="icon" small onClick={onRemove} aria-label={`${label}: choose another than ${name}`}>
        <CrossIcon size={12} />
      </Button>
    </span>
  );
}
