/** Each trust statement as a sentence: who, what limits it, how many today, and the lines that say so. */
import type { NodeRef, TrustStatement } from "../api/types";
import { NodeLink } from "../router/links";
import { useUrlState } from "../router/url-state";
import { conditionInWords, verdictInWords } from "../scene/words";
import { count } from "../ui/format";
import { KindMark } from "../ui/KindMark";
import { Verdict } from "../ui/Verdict";
import styles from "./IdentityPage.module.css";

const PRINCIPALS_SHOWN = 6;

const sayLimits = (statement: TrustStatement) => {
  if (statement.conditions.length === 0) return "no condition";
  return `only if ${[...new Set(statement.conditions.map(conditionInWords))].join(", and ")}`;
};

const OUTSIDE = new Set(["external-account", "external-principal", "oidc-provider", "saml-provider", "web-identity", "federated-subject", "anyone"]);

/** "0 today" would be untrue of those that no snapshot can hold: whoever is behind a provider, say. */
function sayHowMany(statement: TrustStatement): string {
  const { identities, principals } = statement;
  if (identities > 0 || principals.length === 0) return `${count(identities)} today`;
  if (principals.every((principal) => principal.kind === "service")) return principals.length === 1 ? "a service" : "services";
  return principals.some((principal) => OUTSIDE.has(principal.kind)) ? "outside" : "0 today";
}

function Principals({ principals }: { principals: readonly NodeRef[] }) {
  if (principals.length < 2) return null;
  return (
    <p className="second small">
      {principals.slice(0, PRINCIPALS_SHOWN).map((principal, index) => (
        <span key={principal.id}>
          {index > 0 && ", "}
          <NodeLink node={principal} />
        </span>
      ))}
      {principals.length > PRINCIPALS_SHOWN && ` and ${principals.length - PRINCIPALS_SHOWN} more`}
    </p>
  );
}

function Lines({ statement }: { statement: TrustStatement }) {
  const [, change] = useUrlState();
  if (statement.first_line === null || statement.last_line === null) return null;
  const lines = `${statement.first_line}-${statement.last_line}`;
  return (
    <button type="button" className={styles.lines} onClick={() => change({ tab: "policies", policy: "trust", lines })}>
      trust policy, {statement.first_line === statement.last_line ? "line" : "lines"} {lines.replace("-", "–")}
    </button>
  );
}

function Statement({ statement }: { statement: TrustStatement }) {
  const first = statement.principals[0];
  const denies = statement.effect === "Deny";
  const certainty = statement.certainty ?? "unknown";
  return (
    <li className={styles.statement}>
      {first ? <KindMark kind={first.kind} admin={first.admin} size={16} /> : <span />}
      <div className={styles.words}>
        <p className={styles.subject}>
          {denies && "Not: "}
          {statement.words}
        </p>
        <p className="second small">{sayLimits(statement)}</p>
        <Principals principals={statement.principals} />
      </div>
      <span className={styles.howMany}>{denies ? "" : sayHowMany(statement)}</span>
      <div className={styles.verdict}>
        {denies ? (
          <Verdict verdict="blocked" words={statement.conditions.length > 0 ? "Denied if" : "Denied"} />
        ) : (
          <Verdict verdict={certainty} words={verdictInWords({ ...statement, certainty })} />
        )}
        <Lines statement={statement} />
      </div>
    </li>
  );
}

export function TrustInWords({ statements }: { statements: readonly TrustStatement[] }) {
  if (statements.length === 0) return <p className="second">Its trust policy has no statement: nobody can become it.</p>;
  return (
    <ol>
      {statements.map((statement) => (
        <Statement key={statement.statement} statement={statement} />
      ))}
    </ol>
  );
}
