/** Where one is, what is looked for, what is hidden, and how it is shown. */
import { useEffect, useRef, useState } from "react";
import type { Account } from "../api/types";
import { isTyping, singleKeysOn } from "../router/shortcuts";
import { Button } from "../ui/Button";
import { Chip } from "../ui/Chip";
import { CopyButton } from "../ui/CopyButton";
import { Input, Segmented } from "../ui/Field";
import { ChevronRightIcon, SearchIcon } from "../ui/icons";
import { FACET_WORDS } from "./Legend";
import styles from "./MapPage.module.css";
import type { View } from "./mapSearch";
import type { MapState } from "./useMapState";

const VIEWS = [
  { value: "graph", name: "Graph" },
  { value: "split", name: "Split" },
  { value: "table", name: "Table" },
] as const satisfies readonly { value: View; name: string }[];

export function MapToolbar({ state, opened }: { state: MapState; opened: Account | undefined }) {
  return (
    <div className={styles.toolbar}>
      <Breadcrumb state={state} opened={opened} />
      <FindBox state={state} />
      {state.hide.map((facet) => (
        <Chip
          key={facet}
          name="hidden"
          value={FACET_WORDS[facet]}
          onRemove={() => state.change({ hide: state.hide.filter((other) => other !== facet) })}
        />
      ))}
      <span className="spacer" />
      <Segmented label="Show as" choices={VIEWS} chosen={state.view} onChoose={(view) => state.change({ view })} />
      <CopyButton text={window.location.href} what="link to this view" words="Copy link" />
    </div>
  );
}

function Breadcrumb({ state, opened }: { state: MapState; opened: Account | undefined }) {
  if (state.open === "") {
    return (
      <nav aria-label="Place on the map" className={styles.crumbs}>
        <span aria-current="location">Organization</span>
      </nav>
    );
  }
  const unit = opened?.ou?.split("/").at(-1);
  return (
    <nav aria-label="Place on the map" className={styles.crumbs}>
      <Button look="link" onClick={() => state.change({ open: "", sel: "", edgeFrom: "", edgeTo: "", find: "", cam: null })}>
        Organization
      </Button>
      {unit && (
        <>
          <ChevronRightIcon size={12} />
          <span className="second">{unit}</span>
        </>
      )}
      <ChevronRightIcon size={12} />
      <span aria-current="location" title={state.open}>
        {opened?.name ?? state.open}
      </span>
    </nav>
  );
}

/** Typing replaces the entry in the history; only the words that stay are a step. */
function FindBox({ state }: { state: MapState }) {
  const box = useRef<HTMLDivElement>(null);
  const [words, setWords] = useState(state.find);
  const [written, setWritten] = useState(state.find);
  if (written !== state.find) {
    setWritten(state.find);
    setWords(state.find);
  }
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "f" || event.metaKey || event.ctrlKey || event.altKey || !singleKeysOn() || isTyping(event.target)) return;
      event.preventDefault();
      box.current?.querySelector("input")?.focus();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return (
    <div ref={box} className={styles.find} role="search">
      <SearchIcon size={14} />
      <Input
        type="search"
        aria-label="Find on the map"
        aria-keyshortcuts="f"
        placeholder="Find on the map"
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setWritten(event.target.value);
          state.change({ find: event.target.value }, { replace: state.find !== "" });
        }}
      />
    </div>
  );
}
