/** The map's state in the address, and the steps that change it: each is an entry of the history, so Back is undo. */
import { useCallback, useMemo } from "react";
import type { Account } from "../api/types";
import type { NodeRef } from "../scene/model";
import { useUrlState } from "../router/url-state";
import { readMapSearch, writeMapSearch } from "./mapSearch";
import type { MapSearch } from "./mapSearch";

export interface MapState extends MapSearch {
  change: (patch: Partial<MapSearch>, how?: { replace?: boolean }) => void;
  select: (id: string) => void;
  open: string;
  openAccount: (account: string) => void;
  showEdge: (source: string, target: string) => void;
  /** One level up: the evidence closes first, then the selection, then the account. */
  up: () => void;
}

const KEYS = ["open", "sel", "edgeFrom", "edgeTo", "find", "hide", "view", "cam"];

/** `home` is the account that the selection lives in: a link that names an identity alone opens its account. */
export function useMapState(homeOf: (id: string) => string): MapState {
  const [raw, setRaw] = useUrlState();
  const search = useMemo(() => {
    const read = readMapSearch(raw);
    return read.open === "" ? { ...read, open: homeOf(read.sel) } : read;
  }, [raw, homeOf]);
  const change = useCallback(
    (patch: Partial<MapSearch>, how?: { replace?: boolean }) => {
      const written = writeMapSearch({ ...search, ...patch });
      setRaw(Object.fromEntries(KEYS.map((key) => [key, written[key]])), how);
    },
    [search, setRaw],
  );
  return { ...search, change, ...stepsOf(search, change) };
}

function stepsOf(search: MapSearch, change: MapState["change"]) {
  const noEdge = { edgeFrom: "", edgeTo: "" };
  return {
    select: (id: string) => {
      if (id !== search.sel || search.edgeFrom !== "") change({ sel: id, ...noEdge });
    },
    openAccount: (account: string) => change({ open: account, sel: "", find: "", cam: null, ...noEdge }),
    showEdge: (source: string, target: string) => change({ edgeFrom: source, edgeTo: target }),
    up: () => {
      if (search.edgeFrom !== "") change(noEdge);
      else if (search.sel !== "") change({ sel: "" });
      else if (search.open !== "") change({ open: "", find: "", cam: null });
    },
  };
}

const IDENTITY = /^arn:[^:]*:iam::(\d{12}):(?:user|role|group)\//;

export function accountOfIdentity(id: string): string {
  return IDENTITY.exec(id)?.[1] ?? "";
}

/** Only what was collected can be opened; an account that is known by name alone has no identities to show. */
export function openable(id: string, accounts: readonly Account[]): Account | undefined {
  return accounts.find((account) => account.account === id && account.in_snapshot);
}

export function accountOfNode(id: string): string {
  return /^account:(\d{12})$/.exec(id)?.[1] ?? "";
}

/** The SAML providers that IAM Identity Center makes, one in each account, are drawn as one. */
const IDENTITY_CENTER = "folded:identity-center";

export const isFolded = (id: string): boolean => id.startsWith("folded:");

/** Whether what is drawn as `drawn` stands for the node too: its account, its service, its provider. */
export function standsIn(node: Pick<NodeRef, "id" | "kind" | "name" | "account">, drawn: string): boolean {
  const account = accountOfNode(drawn);
  if (account !== "") return node.account === account && !["oidc-provider", "saml-provider"].includes(node.kind);
  if (drawn === IDENTITY_CENTER) return node.kind === "saml-provider" && node.name.startsWith("AWSSSO_");
  const [, kind, ...name] = drawn.split(":");
  return node.kind === kind && (name.length === 0 || name.join(":") === node.name);
}

/** What finds the trusts of a node of the account map: an account's id, a provider's name, "service:" for all services. */
export function searchOf(id: string): string {
  const account = accountOfNode(id);
  if (account !== "" || !isFolded(id)) return account || id;
  if (id === IDENTITY_CENTER) return "AWSSSO_";
  const [, kind = "", ...name] = id.split(":");
  return name.length > 0 ? name.join(":") : `${kind}:`;
}
