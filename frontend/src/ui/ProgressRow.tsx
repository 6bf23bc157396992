/** How far something is: a 4-px bar and its steps. */
import styles from "./ProgressRow.module.css";
import { classes } from "./classes";
import { RingIcon, TickIcon } from "./icons";

export type StepState = "done" | "running" | "waiting";

export interface Step {
  name: string;
  state: StepState;
}

const SPOKEN: Record<StepState, string> = { done: "done", running: "running", waiting: "waiting" };

function StepMark({ state }: { state: StepState }) {
  if (state === "done") return <TickIcon size={12} />;
  if (state === "running") return <span className={styles.spinner} aria-hidden="true" />;
  return <RingIcon size={12} />;
}

export function ProgressBar({ percent, label }: { percent: number; label: string }) {
  const value = Math.max(0, Math.min(100, percent));
  return (
    <div className={styles.track} role="progressbar" aria-label={label} aria-valuenow={value} aria-valuemin={0} aria-valuemax={100}>
      <div className={styles.fill} style={{ width: `${value}%` }} />
    </div>
  );
}

export function Steps({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className={styles.steps}>
      {steps.map((step) => (
        <li key={step.name} className={classes(styles.step, styles[step.state])}>
          <StepMark state={step.state} />
          {step.name}
          <span className="visually-hidden">, {SPOKEN[step.state]}</span>
        </li>
      ))}
    </ol>
  );
}
