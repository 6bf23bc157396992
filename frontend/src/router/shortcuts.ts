/** Keys: ⌘K or Ctrl+K and `/` search, `g` then a letter opens a page. Single keys can be turned off in the settings. */
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { Scope } from "../api/types";

const OFF = "iamviz-single-keys-off";
const PAGES: Partial<Record<string, string>> = { o: "overview", m: "map", i: "identities", t: "trusts", p: "paths", s: "simulate", c: "coverage" };

export const singleKeysOn = (): boolean => localStorage.getItem(OFF) === null;

export function setSingleKeys(on: boolean): void {
  if (on) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "1");
}

/** Somebody is writing, or a dialog or menu has the keys. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest("input, textarea, select, [role=dialog], [role=menu]") !== null;
}

export function useShortcuts(scope: Scope | undefined, openSearch: () => void): void {
  const navigate = useNavigate();
  const going = useRef(false);
  useEffect(() => {
    const goTo = (page: string | undefined) => {
      if (page && scope) void navigate({ href: `/w/${scope.workspace}/r/${scope.revision}/${page}` });
    };
    const onSingleKey = (event: KeyboardEvent) => {
      if (event.key === "/") {
        event.preventDefault();
        openSearch();
      } else if (going.current) {
        goTo(PAGES[event.key]);
      }
      going.current = event.key === "g";
    };
    const onKey = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        openSearch();
      } else if (!event.metaKey && !event.ctrlKey && !event.altKey && singleKeysOn() && !isTyping(event.target)) {
        onSingleKey(event);
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [navigate, openSearch, scope]);
}

/** Ctrl+Enter or ⌘Enter, wherever the focus is: the one thing that a page's form does. */
export function useCtrlEnter(act: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });
}
