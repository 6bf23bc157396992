/** The buttons of the two menus in the top bar; what opens under them is loaded when it is first wanted. */
import { cloneElement, lazy, Suspense, useState, type ComponentProps, type ReactElement, type ReactNode } from "react";
import { useShownRevision } from "../api/queries";
import type { Me, Scope } from "../api/types";
import { Button } from "../ui/Button";
import { day, dayAndTime } from "../ui/format";
import { ChevronIcon } from "../ui/icons";
import styles from "./Frame.module.css";

const loadRevisionMenu = () => import("./RevisionMenu");
const loadMemberMenu = () => import("./MemberMenu");
const RevisionMenu = lazy(() => loadRevisionMenu().then((module) => ({ default: module.RevisionMenu })));
const MemberMenu = lazy(() => loadMemberMenu().then((module) => ({ default: module.MemberMenu })));

function LoadedOnDemand({
  button,
  load,
  children,
}: {
  button: ReactElement<ComponentProps<"button">>;
  load: () => unknown;
  children: ReactNode;
}) {
  const [wanted, setWanted] = useState(false);
  const closed = cloneElement(button, {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    onPointerEnter: load,
    onFocus: load,
    onClick: () => setWanted(true),
  });
  return wanted ? <Suspense fallback={closed}>{children}</Suspense> : closed;
}

export function RevisionButton({ scope }: { scope: Scope }) {
  const revision = useShownRevision(scope);
  const date = revision && (revision.collected_to ?? revision.created);
  const button = (
    <Button look="plain" className={styles.revision} title={date ? dayAndTime(date) : undefined}>
      <span className={`${styles.wide} quiet`}>Revision</span>
      {date ? day(date) : "none yet"}
      <ChevronIcon size={12} />
    </Button>
  );
  return (
    <LoadedOnDemand button={button} load={loadRevisionMenu}>
      <RevisionMenu scope={scope} trigger={button} />
    </LoadedOnDemand>
  );
}

function initials(me: Me): string {
  const name = me.name === "" ? me.email.replace(/@.*/, "") : me.name;
  const words = name.split(/[\s._-]+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => word[0]?.toUpperCase() ?? "")
    .join("");
}

export function MemberButton({ me, workspace }: { me: Me; workspace: string | undefined }) {
  const button = (
    <button type="button" className={styles.me} aria-label={`Signed in as ${me.email}`}>
      {initials(me)}
    </button>
  );
  return (
    <LoadedOnDemand button={button} load={loadMemberMenu}>
      <MemberMenu me={me} workspace={workspace} trigger={button} />
    </LoadedOnDemand>
  );
}
