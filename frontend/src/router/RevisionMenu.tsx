/** Which revision is looked at; also the way to uploads and coverage. */
import { Link, useLocation, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useRevisions, useShownRevision } from "../api/queries";
import type { Revision, Scope } from "../api/types";
import { dayAndTime } from "../ui/format";
import { Menu, MenuItem, MenuLabel, MenuLink, MenuSeparator } from "../ui/Menu";

const dateOf = (revision: Revision) => revision.collected_to ?? revision.created;

/** The same page of another revision; a page without one gives way to the overview. */
function addressIn(pathname: string, scope: Scope, number: number): string {
  const start = `/w/${scope.workspace}/r/`;
  if (!pathname.startsWith(start)) return `${start}${number}/overview`;
  const page = pathname.slice(start.length).split("/").slice(1).join("/");
  return `${start}${number}/${page}`;
}

export function RevisionMenu({ scope, trigger }: { scope: Scope; trigger: ReactNode }) {
  const revisions = useRevisions(scope.workspace);
  const chosen = useShownRevision(scope);
  const { pathname, searchStr, hash } = useLocation();
  const navigate = useNavigate();
  const open = (number: number) => void navigate({ href: addressIn(pathname, scope, number) + searchStr + (hash && `#${hash}`) });
  return (
    <Menu label="Revision" defaultOpen trigger={trigger}>
      {revisions.data && revisions.data.results.length > 0 && <MenuLabel>Revisions, by date of collection</MenuLabel>}
      {revisions.data?.results.slice(0, 12).map((revision) => (
        <MenuItem key={revision.number} chosen={revision.number === chosen?.number} onSelect={() => open(revision.number)}>
          <span>{dayAndTime(dateOf(revision))}</span>
          <span className="quiet small">
            number {revision.number}, {revision.accounts.toLocaleString("en")} {revision.accounts === 1 ? "account" : "accounts"}
            {revision.current && ", current"}
          </span>
        </MenuItem>
      ))}
      {revisions.data && revisions.data.results.length > 0 && <MenuSeparator />}
      <MenuLink>
        <Link to="/w/$workspace/uploads" params={{ workspace: scope.workspace }}>
          Uploads and all revisions
        </Link>
      </MenuLink>
      {chosen && (
        <MenuLink>
          <Link to="/w/$workspace/r/$revision/coverage" params={scope}>
            Coverage of this revision
          </Link>
        </MenuLink>
      )}
    </Menu>
  );
}
