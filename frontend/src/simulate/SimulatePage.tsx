/** Simulate: whether an identity may do something, decided from the policies of the revision; nothing is called. */
import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import type { Denial } from "../api/types";
import { useTitle } from "../router/title";
import { useScope, useUrlState } from "../router/url-state";
import { EmptyState, ErrorState, Loading } from "../ui/states";
import { Answer } from "./Answer";
import { DenialBox, DenialNote } from "./DenialBox";
import { SimulateForm } from "./SimulateForm";
import styles from "./SimulatePage.module.css";
import { evaluationQuery } from "./simulateQuery";
import { isAsked, readSimulated, SIMULATE_KEYS, writeSimulated } from "./simulateSearch";
import type { Simulated } from "./simulateSearch";

export function SimulatePage() {
  const [question, change] = useSimulated();
  const [pasting, setPasting] = useState(false);
  const [denial, setDenial] = useState<Denial>();
  useTitle(isAsked(question) ? `Simulate ${question.action}` : "Simulate");
  const onRead = (read: Denial) => {
    setDenial(read);
    setPasting(false);
    change({ ...question, ...filledBy(read), context: [] });
  };
  return (
    <div className={styles.page}>
      <h1 className="visually-hidden">Simulate</h1>
      <SimulateForm
        // The form is a draft of what the address says.
        key={JSON.stringify(writeSimulated(question))}
        question={question}
        onAsk={change}
        pasting={pasting}
        onPaste={() => setPasting(!pasting)}
      />
      {pasting && <DenialBox onRead={onRead} />}
      {denial && !pasting && <DenialNote denial={denial} onClose={() => setDenial(undefined)} />}
      {isAsked(question) ? <Result question={question} /> : <HowToAsk question={question} onPaste={() => setPasting(true)} />}
    </div>
  );
}

/** A session is asked about by its own ARN, so that statements which name it count. */
function filledBy({ principal, caller, action, resource }: Denial): Pick<Simulated, "principal" | "action" | "resource"> {
  return { principal: principal ? (caller ?? principal.id) : "", action: action ?? "", resource: resource ?? "" };
}

function HowToAsk({ question, onPaste }: { question: Simulated; onPaste: () => void }) {
  const started = question.principal !== "" || question.action !== "";
  return (
    <EmptyState title={started ? "Not yet complete" : "Would AWS allow it?"}>
      <p>
        {started
          ? `Still needed: ${question.principal === "" ? "who asks" : "the action, as in s3:GetObject"}.`
          : "Choose who does what on which resource. The answer names every layer that stands in the way, and the statements that decide. Nothing is called in AWS."}
      </p>
      {!started && (
        <p>
          Something was denied?{" "}
          <button type="button" className={styles.textButton} onClick={onPaste}>
            Paste the AccessDenied message
          </button>
          : who, what and on what are read from it.
        </p>
      )}
    </EmptyState>
  );
}

function Result({ question }: { question: Simulated }) {
  const evaluation = useQuery(evaluationQuery(useScope(), question));
  if (evaluation.isError) return <ErrorState error={evaluation.error} onRetry={() => void evaluation.refetch()} />;
  if (evaluation.isPending) return <Loading what="the policies" />;
  return <Answer evaluation={evaluation.data} />;
}

/** Each question is a step of the history: Back is the question before. */
function useSimulated(): [Simulated, (question: Simulated) => void] {
  const [raw, setRaw] = useUrlState();
  const question = useMemo(() => readSimulated(raw), [raw]);
  const change = useCallback(
    (next: Simulated) => {
      const written = writeSimulated(next);
      setRaw(Object.fromEntries(SIMULATE_KEYS.map((key) => [key, written[key]])));
    },
    [setRaw],
  );
  return [question, change];
}
