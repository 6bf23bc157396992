/** Go to anything: pages, identities, accounts, principals; by name, ARN, account id or unique id. */
import { useNavigate } from "@tanstack/react-router";
import { Command } from "cmdk";
import { useEffect, useState } from "react";
import { useSearchResults } from "../api/queries";
import type { NodeRef, Scope } from "../api/types";
import { KindMark } from "../ui/KindMark";
import { kindWord } from "../ui/kinds";
import styles from "./Palette.module.css";

const PAGES = [
  { name: "Overview", page: "overview", keys: "g o" },
  { name: "Map", page: "map", keys: "g m" },
  { name: "Identities", page: "identities", keys: "g i" },
  { name: "Trusts", page: "trusts", keys: "g t" },
  { name: "Paths", page: "paths", keys: "g p" },
  { name: "Simulate", page: "simulate", keys: "g s" },
  { name: "Coverage", page: "coverage", keys: "g c" },
] as const;

function useSettled(text: string, milliseconds: number): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), milliseconds);
    return () => clearTimeout(timer);
  }, [text, milliseconds]);
  return settled;
}

function addressOf(node: NodeRef, start: string): string {
  if (node.kind === "user" || node.kind === "role" || node.kind === "group") return `${start}/identities/${node.key}`;
  if (node.kind === "account" && node.account) return `${start}/identities?account=${node.account}`;
  return `${start}/trusts?search=${encodeURIComponent(node.id)}`;
}

function Found({ node, onSelect }: { node: NodeRef; onSelect: () => void }) {
  return (
    <Command.Item value={node.id} onSelect={onSelect} className={styles.item}>
      <KindMark kind={node.kind} admin={node.admin} decorative />
      <span className={styles.name}>{node.name}</span>
      <span className={styles.more}>
        {kindWord(node.kind)}
        {node.account && `, ${node.account_name ?? node.account}`}
      </span>
    </Command.Item>
  );
}

export function Palette({ scope, workspaceName, onClose }: { scope: Scope; workspaceName: string; onClose: () => void }) {
  const [text, setText] = useState("");
  const asked = useSettled(text.trim(), 120);
  const results = useSearchResults(scope, asked);
  const navigate = useNavigate();
  const start = `/w/${scope.workspace}/r/${scope.revision}`;
  const go = (href: string) => {
    onClose();
    void navigate({ href });
  };
  const pages = PAGES.filter((page) => page.name.toLowerCase().includes(text.trim().toLowerCase()));
  const found = asked && text.trim() ? (results.data ?? []) : [];
  return (
    <Command.Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      shouldFilter={false}
      label={`Search ${workspaceName}`}
      overlayClassName={styles.scrim ?? ""}
      contentClassName={styles.dialog ?? ""}
    >
      <Command.Input value={text} onValueChange={setText} placeholder="ARN, name, account, unique id" className={styles.input} />
      <Command.List className={styles.list}>
        {asked && results.isSuccess && found.length === 0 && (
          <p className={styles.nothing}>Nothing in this revision has this name, ARN or id.</p>
        )}
        {results.isError && <p className={styles.nothing}>{results.error.message}</p>}
        {found.map((node) => (
          <Found key={node.id} node={node} onSelect={() => go(addressOf(node, start))} />
        ))}
        {pages.map((page) => (
          <Command.Item key={page.page} value={`page ${page.page}`} onSelect={() => go(`${start}/${page.page}`)} className={styles.item}>
            <span className={styles.name}>{page.name}</span>
            <kbd className={styles.more}>{page.keys}</kbd>
          </Command.Item>
        ))}
        {"uploads".includes(text.trim().toLowerCase()) && (
          <Command.Item value="page uploads" onSelect={() => go(`/w/${scope.workspace}/uploads`)} className={styles.item}>
            <span className={styles.name}>Uploads</span>
          </Command.Item>
        )}
      </Command.List>
    </Command.Dialog>
  );
}
