/** The member: workspaces, settings, sign out. */
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { csrfToken } from "../api/client";
import type { Me } from "../api/types";
import { Menu, MenuLabel, MenuLink, MenuSeparator } from "../ui/Menu";
import styles from "./Frame.module.css";

export function MemberMenu({ me, workspace, trigger }: { me: Me; workspace: string | undefined; trigger: ReactNode }) {
  return (
    <Menu label="Member" defaultOpen trigger={trigger}>
      <MenuLabel>{me.email}</MenuLabel>
      {me.workspaces.length > 1 &&
        me.workspaces.map((other) => (
          <MenuLink key={other.slug}>
            <Link
              to="/w/$workspace/r/$revision/overview"
              params={{ workspace: other.slug, revision: "latest" }}
              aria-current={other.slug === workspace ? "true" : undefined}
            >
              {other.name}
            </Link>
          </MenuLink>
        ))}
      <MenuSeparator />
      <MenuLink>
        <Link to="/settings">Settings</Link>
      </MenuLink>
      <form method="post" action="/sign-out/" className={styles.form}>
        <input type="hidden" name="csrfmiddlewaretoken" value={csrfToken()} />
        <MenuLink>
          <button type="submit" onClick={(event) => event.currentTarget.form?.submit()}>
            Sign out
          </button>
        </MenuLink>
      </form>
    </Menu>
  );
}
