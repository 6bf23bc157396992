/** Tabs with counts. The chosen one is in the address, so it comes from outside. */
import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";
import styles from "./Tabs.module.css";

export interface Tab {
  id: string;
  name: string;
  count?: number | undefined;
}

export function Tabs({
  label,
  tabs,
  chosen,
  onChoose,
  children,
}: {
  label: string;
  tabs: readonly Tab[];
  chosen: string;
  onChoose: (id: string) => void;
  children: ReactNode;
}) {
  return (
    <Radix.Root value={chosen} onValueChange={onChoose} className={styles.root} activationMode="manual">
      <Radix.List aria-label={label} className={styles.list}>
        {tabs.map((tab) => (
          <Radix.Trigger key={tab.id} value={tab.id} className={styles.tab}>
            {tab.name}
            {tab.count !== undefined && <span className={styles.count}>{tab.count.toLocaleString("en")}</span>}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {children}
    </Radix.Root>
  );
}

export function TabPanel({ id, children }: { id: string; children: ReactNode }) {
  return (
    <Radix.Content value={id} className={styles.panel} tabIndex={-1}>
      {children}
    </Radix.Content>
  );
}
