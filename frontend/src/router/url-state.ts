/** The address is the state: readable words, always text, never JSON. */
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import type { Scope } from "../api/types";

export type SearchText = Record<string, string | undefined>;

export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

export function stringifySearch(search: Record<string, unknown>): string {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === "string" && value !== "") words.set(name, value);
  }
  const text = words.toString().replaceAll("%3A", ":").replaceAll("%2F", "/").replaceAll("%2C", ",");
  return text ? `?${text}` : "";
}

export type SetSearch = (patch: SearchText, how?: { replace?: boolean }) => void;

/** The search words of the address, and a way to change some: a history entry each, unless `replace`. */
export function useUrlState(): [SearchText, SetSearch] {
  const search = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = useCallback<SetSearch>(
    (patch, { replace = false } = {}) => {
      void navigate({ to: ".", search: (old) => ({ ...old, ...patch }), replace, resetScroll: false });
    },
    [navigate],
  );
  return [search, change];
}

/** The workspace and revision that the address names. Only for pages below /w/…/r/…. */
export function useScope(): Scope {
  const { workspace, revision } = useParams({ strict: false });
  if (workspace === undefined || revision === undefined) throw new Error("This page belongs to a revision.");
  return useMemo(() => ({ workspace, revision }), [workspace, revision]);
}
