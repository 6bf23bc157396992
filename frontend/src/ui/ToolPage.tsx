/** A page that is a tool: a form across the top, and below it the answer, which takes the rest. */
import type { ReactNode, SubmitEvent } from "react";
import styles from "./ToolPage.module.css";

export function ToolPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={styles.page}>
      <h1 className="visually-hidden">{title}</h1>
      {children}
    </div>
  );
}

export function ToolForm({ onSubmit, children }: { onSubmit: () => void; children: ReactNode }) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      {children}
    </form>
  );
}

export function ToolRow({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>;
}

/** Fields that belong together, their name in front of them. */
export function ToolGroup({ name, children }: { name: string; children: ReactNode }) {
  return (
    <fieldset className={styles.group}>
      <legend className="quiet">{name}</legend>
      {children}
    </fieldset>
  );
}

/** The keys that do what the button beside them does. */
export function Keys({ children }: { children: ReactNode }) {
  return <kbd className={styles.keys}>{children}</kbd>;
}
