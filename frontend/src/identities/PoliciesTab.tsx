/** Every policy with its whole text; the address says which one, and which lines are meant. */
import type { AppliedPolicy } from "../api/types";
import { NodeLink } from "../router/links";
import { useUrlState } from "../router/url-state";
import { Button } from "../ui/Button";
import { CopyButton } from "../ui/CopyButton";
import { ErrorState, Loading } from "../ui/states";
import { StatementViewer, type Highlight } from "../ui/StatementViewer";
import styles from "./IdentityPage.module.css";
import { effectInWords, slugOf, sourceInWords } from "./policyWords";
import type { usePolicies } from "./queries";

function linesOf(text: string | undefined): Highlight[] {
  const found = /^(\d+)-(\d+)$/.exec(text ?? "");
  return found ? [{ first_line: Number(found[1]), last_line: Number(found[2]) }] : [];
}

function PolicyList({ policies, chosen }: { policies: readonly AppliedPolicy[]; chosen: AppliedPolicy }) {
  const [, change] = useUrlState();
  return (
    <nav aria-label="Policies" className={styles.policyList}>
      <ul>
        {policies.map((policy) => (
          <li key={slugOf(policy)}>
            <button
              type="button"
              className={styles.policy}
              aria-current={policy === chosen}
              onClick={() => change({ policy: slugOf(policy), lines: undefined })}
            >
              <span>{policy.name}</span>
              <span className="quiet small">
                {[`${sourceInWords(policy)} ${policy.group?.name ?? ""}`.trim(), effectInWords(policy).toLowerCase()]
                  .filter(Boolean)
                  .join(", ")}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Statements({ policy }: { policy: AppliedPolicy }) {
  const [search, change] = useUrlState();
  if (policy.statements.length === 0) return null;
  return (
    <div className={styles.statements} role="group" aria-label="Statements">
      {policy.statements.map((statement) => {
        const lines = `${statement.first_line}-${statement.last_line}`;
        return (
          <Button
            key={statement.index}
            small
            look={search.lines === lines ? "bordered" : "plain"}
            aria-pressed={search.lines === lines}
            onClick={() => change({ lines: search.lines === lines ? undefined : lines })}
          >
            {statement.index + 1}. {statement.sid ?? "no Sid"}, {statement.effect}
          </Button>
        );
      })}
    </div>
  );
}

function Document({ policy }: { policy: AppliedPolicy }) {
  const [search] = useUrlState();
  return (
    <section className={styles.document} aria-label={policy.name}>
      <header className={styles.documentHead}>
        <h2>{policy.name}</h2>
        <span className="quiet">
          {sourceInWords(policy)}
          {policy.group && (
            <>
              {" "}
              <NodeLink node={policy.group} />
            </>
          )}
        </span>
        {policy.arn && <span className="mono quiet">{policy.arn}</span>}
        <span className="spacer" />
        <CopyButton text={policy.text} what="the policy" />
      </header>
      {policy.problem && (
        <p className={styles.problem} role="alert">
          This document was not understood, so what hangs on it is unknown: {policy.problem}
        </p>
      )}
      <Statements policy={policy} />
      <StatementViewer text={policy.text} label={`Text of ${policy.name}`} highlights={linesOf(search.lines)} follow />
    </section>
  );
}

export function PoliciesTab({ policies }: { policies: ReturnType<typeof usePolicies> }) {
  const [search] = useUrlState();
  if (policies.isError) return <ErrorState error={policies.error} onRetry={() => void policies.refetch()} />;
  if (!policies.data) return <Loading what="the policies" />;
  const chosen = policies.data.find((policy) => slugOf(policy) === search.policy) ?? policies.data[0];
  if (!chosen) return <p className={styles.padded}>No policy applies: everything is denied.</p>;
  return (
    <div className={styles.policies}>
      <PolicyList policies={policies.data} chosen={chosen} />
      <Document key={slugOf(chosen)} policy={chosen} />
    </div>
  );
}
