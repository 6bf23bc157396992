/** What it is called, where it is, and the verdicts in a strip. */
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { AdminPower, IdentityDetail } from "../api/types";
import { useScope } from "../router/url-state";
import { buttonClass } from "../ui/Button";
import { Badge } from "../ui/Chip";
import { CopyButton } from "../ui/CopyButton";
import { counted, day, dayAndTime, hours, NOTHING, shortDay } from "../ui/format";
import { ChevronRightIcon } from "../ui/icons";
import { KindMark } from "../ui/KindMark";
import { Facts } from "../ui/Panel";
import { Verdict } from "../ui/Verdict";
import styles from "./IdentityPage.module.css";

const TAGS_SHOWN = 3;
const KIND_PLURAL = { role: "Roles", user: "Users", group: "Groups" } as const;

function Breadcrumb({ identity }: { identity: IdentityDetail }) {
  const scope = useScope();
  const to = "/w/$workspace/r/$revision/identities";
  return (
    <nav aria-label="Breadcrumb" className={styles.crumbs}>
      <Link to={to} params={scope} search={{ account: identity.account }}>
        {identity.account_name ?? identity.account}
      </Link>
      <ChevronRightIcon size={10} />
      <Link to={to} params={scope} search={{ account: identity.account, kind: identity.kind }}>
        {KIND_PLURAL[identity.kind]}
      </Link>
      {identity.path !== "/" && (
        <>
          <ChevronRightIcon size={10} />
          <span className="mono">{identity.path}</span>
        </>
      )}
    </nav>
  );
}

function sayAdmin(admin: AdminPower): ReactNode {
  if (admin === "certain") return <strong className={styles.admin}>Admin of its account</strong>;
  if (admin === "conditional") return <Verdict verdict="conditional" words="Admin on a condition" />;
  return "not admin";
}

/** How somebody proves to be this user; null where nothing was collected about it. */
function sayUserCredentials(identity: IdentityDetail): string {
  const keys = identity.active_keys;
  const password = identity.credentials?.password_enabled;
  if (keys === null && (password === null || password === undefined)) return "not known";
  const words = [password === true && "password", password === false && "no password", keys !== null && counted(keys, "active key")];
  return words.filter(Boolean).join(", ");
}

const sayMfa = (mfa: boolean | null) => (mfa === null ? "not known" : mfa ? "has a device" : "none");

function factsOf(identity: IdentityDetail): (readonly [string, ReactNode])[] {
  const made = ["Created", <span key="c" title={dayAndTime(identity.created)}>{day(identity.created)}</span>] as const;
  if (identity.kind === "group") return [["Members", identity.members.length], made];
  const used = [
    "Last used",
    <span key="u" title={identity.last_used ? dayAndTime(identity.last_used) : "Never, or not within the time that AWS keeps"}>
      {identity.last_used ? shortDay(identity.last_used) : "not seen"}
    </span>,
  ] as const;
  const boundary = ["Boundary", identity.boundary ? <span key="b" title={identity.boundary}>{nameOf(identity.boundary)}</span> : "none"] as const;
  const verdict = ["Verdict", sayAdmin(identity.admin)] as const;
  if (identity.kind === "user") {
    return [verdict, ["Credentials", sayUserCredentials(identity)], ["MFA", sayMfa(identity.mfa)], used, boundary, made];
  }
  const session = identity.max_session === null ? "temporary" : `temporary, up to ${hours(identity.max_session)}`;
  return [verdict, ["Credentials", session], used, boundary, made];
}

const nameOf = (arn: string) => arn.slice(arn.lastIndexOf("/") + 1) || NOTHING;

function Actions({ identity }: { identity: IdentityDetail }) {
  const scope = useScope();
  const look = { className: buttonClass() };
  return (
    <div className={styles.actions}>
      {identity.kind !== "group" && (
        <Link to="/w/$workspace/r/$revision/paths" params={scope} search={{ from: identity.id }} {...look}>
          Path from…
        </Link>
      )}
      {identity.kind === "role" && (
        <Link to="/w/$workspace/r/$revision/paths" params={scope} search={{ to: identity.id }} {...look}>
          Path to…
        </Link>
      )}
      {identity.kind !== "group" && (
        <Link to="/w/$workspace/r/$revision/simulate" params={scope} search={{ principal: identity.id }} {...look}>
          Simulate…
        </Link>
      )}
      <Link to="/w/$workspace/r/$revision/map" params={scope} search={{ sel: identity.id }} {...look}>
        Open on map
      </Link>
    </div>
  );
}

export function IdentityHeader({ identity }: { identity: IdentityDetail }) {
  const tags = Object.entries(identity.tags);
  return (
    <header className={styles.header}>
      <Breadcrumb identity={identity} />
      <div className={styles.titleLine}>
        <KindMark kind={identity.kind} admin={identity.admin} size={20} />
        <h1 className={styles.title}>{identity.name}</h1>
        {tags.slice(0, TAGS_SHOWN).map(([name, value]) => (
          <Badge key={name} title={`Tag ${name}: ${value}`}>
            <span className={styles.tag}>{`${name} ${value}`}</span>
          </Badge>
        ))}
        {tags.length > TAGS_SHOWN && (
          <Badge title={tags.map(([name, value]) => `${name}: ${value}`).join("\n")}>{tags.length - TAGS_SHOWN} more tags</Badge>
        )}
        <span className="spacer" />
        <Actions identity={identity} />
      </div>
      <p className={styles.arn}>
        <span className="mono">{identity.arn}</span>
        <CopyButton text={identity.arn} what="ARN" />
      </p>
      <Facts strip facts={factsOf(identity)} />
      {identity.description && <p className="second small">{identity.description}</p>}
    </header>
  );
}
