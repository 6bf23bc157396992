/** The resource: an ARN, in the form that the action takes; where a role is to be assumed, roles are offered. */
import { useQuery } from "@tanstack/react-query";
import { searchQuery } from "../api/queries";
import { nodeOption } from "../paths/NodePicker";
import { useScope } from "../router/url-state";
import { Combobox } from "../ui/Combobox";
import styles from "./SimulatePage.module.css";
import { actionsQuery } from "./simulateQuery";
import { asksTrust, resourceHint } from "./simulateSearch";

interface Props {
  action: string;
  resource: string;
  onChange: (resource: string) => void;
}

export function ResourceField({ action, resource, onChange }: Props) {
  const scope = useScope();
  const typed = resource.trim();
  const known = useQuery(actionsQuery(action.trim())).data?.results.find((each) => each.action.toLowerCase() === action.trim().toLowerCase());
  const found = useQuery({ ...searchQuery(scope, typed), enabled: typed !== "" && asksTrust({ action }) });
  const roles = asksTrust({ action }) ? (found.data ?? []).filter(({ kind, id }) => kind === "role" && id !== typed) : [];
  return (
    <Combobox
      label="Resource"
      placeholder={resourceHint(known?.resources)}
      className={styles.resource}
      text={resource}
      onText={onChange}
      options={roles.map(nodeOption)}
      onChoose={onChange}
      free
    />
  );
}
