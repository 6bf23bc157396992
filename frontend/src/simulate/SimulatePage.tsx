/** Simulate: whether an identity may do something, decided from the policies of the revision; nothing is called. */
import { useQuery } from "@tanstack/react-query";
import { useLocation, useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import type { Denial } from "../api/types";
import { useTitle } from "../router/title";
import { useScope, useUrlState } from "../router/url-state";
import { EmptyState, ErrorState, Loading } from "../ui/states";
import { ToolPage } from "../ui/ToolPage";
import { Answer } from "./Answer";
import { DenialBox, DenialNote } from "./DenialBox";
import { SimulateForm } from "./SimulateForm";
import styles from "./SimulatePage.module.css";
import { evaluationQuery, policyFlaw } from "./simulateQuery";
import { isAsked, policyHash, readSimulated, SIMULATE_KEYS, writeSimulated } from "./simulateSearch";
import type { Simulated } from "./simulateSearch";

export function SimulatePage() {
  const [question, change] = useSimulated();
  const [pasting, setPasting] = useState(false);
  const [denial, setDenial] = useState<Denial>();
  const evaluation = useQuery(evaluationQuery(useScope(), question));
  useTitle(isAsked(question) ? `Simulate ${question.action}` : "Simulate");
  const onRead = (read: Denial) => {
    setDenial(read);
    setPasting(false);
    change({ ...question, ...filledBy(read), context: [], policy: "" });
  };
  return (
    <ToolPage title="Simulate">
      <SimulateForm
        question={question}
        onAsk={change}
        pasting={pasting}
        onPaste={() => setPasting(!pasting)}
        flaw={policyFlaw(evaluation.error)}
      />
      {pasting && <DenialBox onRead={onRead} />}
      {denial && !pasting && <DenialNote denial={denial} onClose={() => setDenial(undefined)} />}
      {isAsked(question) ? <Result question={question} /> : <HowToAsk question={question} onPaste={() => setPasting(true)} />}
    </ToolPage>
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
  if (policyFlaw(evaluation.error)) return <NothingDecided />;
  if (evaluation.isError) return <ErrorState error={evaluation.error} onRetry={() => void evaluation.refetch()} />;
  if (evaluation.isPending) return <Loading what="the policies" />;
  return <Answer evaluation={evaluation.data} />;
}

function NothingDecided() {
  return (
    <EmptyState title="Nothing was decided">
      <p>The policy that was pasted cannot be read: the form says why, and where. Mend it there, or remove it.</p>
    </EmptyState>
  );
}

/** Each question is a step of the history: Back is the question before. */
function useSimulated(): [Simulated, (question: Simulated) => void] {
  const [raw] = useUrlState();
  const hash = useLocation({ select: (location) => location.hash });
  const navigate = useNavigate();
  const question = useMemo(() => readSimulated(raw, hash), [raw, hash]);
  const change = useCallback(
    (next: Simulated) => {
      const written = writeSimulated(next);
      const patch = Object.fromEntries(SIMULATE_KEYS.map((key) => [key, written[key]]));
      void navigate({
        to: ".",
        search: (old) => ({ ...old, ...patch }),
        hash: policyHash(next.policy),
        hashScrollIntoView: false,
        resetScroll: false,
      });
    },
    [navigate],
  );
  return [question, change];
}
