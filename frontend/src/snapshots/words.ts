/** What an upload is called, how far it is, how long it will take. */
import type { PartKind, Upload } from "../api/types";
import { counted } from "../ui/format";
import type { Step } from "../ui/ProgressRow";

export const PART_WORDS: Record<PartKind, string> = {
  "authorization-details": "Authorization details",
  "credential-report": "Credential report",
  "command-outputs": "Command outputs",
  organization: "Organization",
};

export function titleOf(upload: Upload): string {
  if (upload.source === "sample") return "Sample organization";
  const first = upload.files[0];
  if (!first) return `Upload ${upload.id}`;
  if (upload.files_total === 1) return first.name;
  const folder = first.name.split("/")[0] ?? "";
  const inOneFolder = first.name.includes("/") && upload.files.every((file) => file.name.startsWith(`${folder}/`));
  return inOneFolder ? `${folder}, ${counted(upload.files_total, "file")}` : `${first.name} and ${counted(upload.files_total - 1, "more file")}`;
}

const STEPS = [
  { step: "stored", name: "Stored" },
  { step: "reading", name: "Reading" },
  { step: "graph", name: "Graph" },
  { step: "layout", name: "Layout" },
  { step: "publishing", name: "Publishing" },
] as const;

/** Steps before the running one are done; the running one says how far it is. */
export function stepsOf(upload: Upload): Step[] {
  const { step, done, total } = upload.progress;
  // "Stored" is over as soon as it is reported: what runs then is the wait for a worker.
  const at = step === "done" ? STEPS.length : Math.max(1, STEPS.findIndex((known) => known.step === step));
  return STEPS.map(({ name }, index) => {
    if (index < at) return { name, state: "done" };
    if (index > at) return { name, state: "waiting" };
    if (step === "stored") return { name: "Waiting for a worker", state: "running" };
    return { name: total > 1 ? `${name} ${done} of ${total}` : name, state: "running" };
  });
}

/** From the speed so far; nothing while that is a guess. */
export function sayTimeLeft(upload: Upload, now: Date): string | null {
  const { percent } = upload.progress;
  const elapsed = (now.getTime() - new Date(upload.created).getTime()) / 1000;
  if (percent < 10 || percent >= 100 || elapsed < 3) return null;
  const left = (elapsed * (100 - percent)) / percent;
  return left < 90 ? `about ${Math.max(1, Math.round(left))} s left` : `about ${Math.round(left / 60)} min left`;
}

/** The line that a place like "line 418220, column 17" names. */
export function lineOf(place: string): number | null {
  const found = /line ([\d,]+)/.exec(place);
  return found?.[1] ? Number(found[1].replaceAll(",", "")) : null;
}
