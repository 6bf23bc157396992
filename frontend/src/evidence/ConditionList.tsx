/** Conditions in plain words, each with its key, operator and values as they stand in the policy. */
import type { Condition } from "../scene/model";
import { conditionInWords } from "../scene/words";
import { LineList } from "../ui/Details";
import styles from "./EdgePanel.module.css";

export function ConditionList({ conditions }: { conditions: readonly Condition[] }) {
  const distinct = [...new Map(conditions.map((condition) => [JSON.stringify(condition), condition])).entries()];
  if (distinct.length === 0) return <span className="quiet">nothing</span>;
  return (
    <LineList>
      {distinct.map(([key, condition]) => (
        <li key={key}>
          {conditionInWords(condition)}{" "}
          <code className={styles.source} title={condition.values.join("\n")}>
            {condition.negated ? "not " : ""}
            {condition.operator} {condition.key}
          </code>
        </li>
      ))}
    </LineList>
  );
}
