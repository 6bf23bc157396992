/** Links to the thing itself, whatever kind of node it is. */
import { Link } from "@tanstack/react-router";
import type { NodeRef } from "../api/types";
import { KindMark } from "../ui/KindMark";
import styles from "./links.module.css";
import { useScope } from "./url-state";

const IDENTITY = new Set(["user", "role", "group"]);

/** Identities have a page; an account its identities; all else is found among the trusts. */
export function NodeLink({ node, className }: { node: Pick<NodeRef, "id" | "key" | "kind" | "name" | "account">; className?: string }) {
  const scope = useScope();
  const props = { className: className ?? styles.link, title: node.id, children: node.name };
  if (IDENTITY.has(node.kind)) {
    return <Link to="/w/$workspace/r/$revision/identities/$key" params={{ ...scope, key: node.key }} {...props} />;
  }
  if (node.kind === "account" && node.account) {
    return <Link to="/w/$workspace/r/$revision/identities" params={scope} search={{ account: node.account }} {...props} />;
  }
  return <Link to="/w/$workspace/r/$revision/trusts" params={scope} search={{ search: node.id }} {...props} />;
}

/** Mark and name in a row of a table. */
export function NodeName({ node }: { node: Pick<NodeRef, "id" | "key" | "kind" | "name" | "account" | "admin"> }) {
  return (
    <span className={styles.node}>
      <KindMark kind={node.kind} admin={node.admin} />
      <NodeLink node={node} />
    </span>
  );
}
