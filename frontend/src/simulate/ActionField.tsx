/** The action: any may be typed, and those that AWS lists are offered. */
import { useQuery } from "@tanstack/react-query";
import type { Action } from "../api/types";
import { Combobox, OptionWords } from "../ui/Combobox";
import styles from "./SimulatePage.module.css";
import { actionsQuery } from "./simulateQuery";

const LONGEST = 200;

export function ActionField({ action, onChange }: { action: string; onChange: (action: string) => void }) {
  const found = useQuery(actionsQuery(action.trim().slice(0, LONGEST)));
  const actions = found.data?.results ?? [];
  const total = found.data?.total ?? 0;
  return (
    <Combobox
      label="Action"
      placeholder="s3:GetObject"
      className={styles.action}
      text={action}
      onText={onChange}
      options={actions.map(actionOption)}
      onChoose={onChange}
      nothing={found.isSuccess && !found.isFetching ? "AWS lists no such action." : undefined}
      more={total > actions.length ? `${actions.length} of ${total.toLocaleString("en")}` : undefined}
      free
    />
  );
}

function actionOption({ action, access_level: level }: Action) {
  return { id: action, content: <OptionWords name={action} place={level} /> };
}
