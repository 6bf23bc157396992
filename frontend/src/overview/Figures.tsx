/** The strip of figures: coverage, identities by kind, admins, trust from outside. */
import type { ReactNode } from "react";
import type { Revision, Scope } from "../api/types";
import { count, counted } from "../ui/format";
import { KindMark } from "../ui/KindMark";
import { LinkedNumber } from "../ui/LinkedNumber";
import styles from "./OverviewPage.module.css";
import { useCoverageSummary } from "./queries";

const IDENTITIES = "/w/$workspace/r/$revision/identities";
const TRUSTS = "/w/$workspace/r/$revision/trusts";
const COVERAGE = "/w/$workspace/r/$revision/coverage";

interface Props {
  scope: Scope;
  revision: Revision;
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section className={styles.figure} aria-label={name}>
      <h2 className={styles.name}>{name}</h2>
      {children}
    </section>
  );
}

const Big = ({ value }: { value: number }) => <span className={styles.big}>{count(value)}</span>;

function Bar({ parts }: { parts: readonly { name: string; n: number; colour: string }[] }) {
  return (
    <div className={styles.bar} aria-hidden="true">
      {parts
        .filter((part) => part.n > 0)
        .map((part) => (
          <span key={part.name} style={{ flexGrow: part.n, background: `var(--${part.colour})` }} />
        ))}
    </div>
  );
}

function CoverageFigure({ scope, revision }: Props) {
  const summary = useCoverageSummary(scope).data;
  const warnings = (
    <LinkedNumber to={COVERAGE} params={scope} value={revision.warnings} words={revision.warnings === 1 ? "remark" : "remarks"} />
  );
  if (!summary) {
    return (
      <Figure name="Coverage">
        <div className={styles.line}>
          <Big value={revision.accounts} /> {revision.accounts === 1 ? "account" : "accounts"}
        </div>
        <div className={styles.legend}>{warnings}</div>
      </Figure>
    );
  }
  const rest = Math.max(0, summary.accounts - summary.fresh - summary.stale);
  return (
    <Figure name="Coverage">
      <div className={styles.line}>
        <Big value={summary.fresh} /> of {counted(summary.accounts, "account")} {summary.accounts === 1 ? "is" : "are"} fresh
      </div>
      <Bar
        parts={[
          { name: "fresh", n: summary.fresh, colour: "text-2" },
          { name: "stale", n: summary.stale, colour: "mark-bar" },
          { name: "rest", n: rest, colour: "line-strong" },
        ]}
      />
      <div className={styles.legend}>
        {summary.stale > 0 && <LinkedNumber to={COVERAGE} params={scope} value={summary.stale} words="stale" />}
        {summary.incomplete > 0 && <LinkedNumber to={COVERAGE} params={scope} value={summary.incomplete} words="not read" />}
        {warnings}
      </div>
    </Figure>
  );
}

const KINDS = [
  { kind: "role", counts: "roles", colour: "k-role" },
  { kind: "user", counts: "users", colour: "k-user" },
  { kind: "group", counts: "groups", colour: "k-group" },
] as const;

function IdentitiesFigure({ scope, revision }: Props) {
  const parts = KINDS.map((item) => ({ ...item, name: item.kind, n: revision.counts[item.counts] ?? 0 }));
  return (
    <Figure name="Identities">
      <div className={styles.line}>
        <Big value={revision.identities} />
        {counted(revision.accounts, "account")}
      </div>
      <Bar parts={parts} />
      <div className={styles.legend}>
        {parts.map((part) => (
          <span key={part.kind}>
            <KindMark kind={part.kind} decorative />
            <LinkedNumber to={IDENTITIES} params={scope} search={{ kind: part.kind }} value={part.n} />
            {part.n === 1 ? part.kind : part.counts}
          </span>
        ))}
      </div>
    </Figure>
  );
}

function AdminsFigure({ scope, revision }: Props) {
  return (
    <Figure name="Admins">
      <div className={styles.line}>
        <Big value={revision.admins} />
      </div>
      <div className={styles.legend}>
        <LinkedNumber to={IDENTITIES} params={scope} search={{ admin: "certain" }} words="may do everything" />
      </div>
    </Figure>
  );
}

function OutsideFigure({ scope, revision }: Props) {
  const outside = revision.external;
  return (
    <Figure name="Trusted from outside">
      <div className={styles.pair}>
        <div>
          <div className={styles.line}>
            <Big value={outside.roles_trusted_from_outside} />
          </div>
          <div className={styles.legend}>
            <span>
              <LinkedNumber
                to={IDENTITIES}
                params={scope}
                search={{ external: "true" }}
                words={outside.roles_trusted_from_outside === 1 ? "role" : "roles"}
              />
              <LinkedNumber
                to={TRUSTS}
                params={scope}
                search={{ external: "yes" }}
                value={outside.outside_parties}
                words={outside.outside_parties === 1 ? "party" : "parties"}
              />
            </span>
          </div>
        </div>
        <div>
          <div className={styles.line}>
            <Big value={outside.roles_trusted_by_anyone} />
          </div>
          <div className={styles.legend}>
            <LinkedNumber
              to={TRUSTS}
              params={scope}
              search={{ search: "anyone" }}
              words={outside.roles_trusted_by_anyone === 1 ? "role trusts anyone" : "roles trust anyone"}
            />
          </div>
        </div>
      </div>
    </Figure>
  );
}

export function Figures(props: Props) {
  return (
    <div className={styles.figures}>
      <CoverageFigure {...props} />
      <IdentitiesFigure {...props} />
      <AdminsFigure {...props} />
      <OutsideFigure {...props} />
    </div>
  );
}
