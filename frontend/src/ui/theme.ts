/** Light, dark, or as the system says; kept in the browser, set on <html>. */
import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark" | "system";

const KEY = "iamviz-theme";
const dark = () => window.matchMedia("(prefers-color-scheme: dark)");

export function chosenTheme(): Theme {
  const stored = localStorage.getItem(KEY);
  return stored === "light" || stored === "dark" ? stored : "system";
}

export function applyTheme(theme: Theme): void {
  if (theme === "system") {
    localStorage.removeItem(KEY);
    delete document.documentElement.dataset.theme;
  } else {
    localStorage.setItem(KEY, theme);
    document.documentElement.dataset.theme = theme;
  }
  window.dispatchEvent(new Event("iamviz-theme"));
}

/** What is shown now, whatever was chosen. */
export function shownTheme(): "light" | "dark" {
  const theme = chosenTheme();
  if (theme !== "system") return theme;
  return dark().matches ? "dark" : "light";
}

function subscribe(onChange: () => void): () => void {
  const system = dark();
  window.addEventListener("iamviz-theme", onChange);
  system.addEventListener("change", onChange);
  return () => {
    window.removeEventListener("iamviz-theme", onChange);
    system.removeEventListener("change", onChange);
  };
}

/** Re-renders when the theme changes: for canvases, which do not read style sheets. */
export function useShownTheme(): "light" | "dark" {
  return useSyncExternalStore(subscribe, shownTheme);
}

export function useChosenTheme(): Theme {
  return useSyncExternalStore(subscribe, chosenTheme);
}

/** The colour of a token as `rgb(…)`, resolved for the theme that is shown. */
export function readColour(token: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(--${token})`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}
