/** The legend is the filter: counts of what is drawn; a click finds a kind, Alt-click hides it. */
import type { ReactNode } from "react";
import type { Certainty } from "../scene/model";
import { Facet } from "../ui/Facet";
import { KindMark } from "../ui/KindMark";
import { Verdict } from "../ui/Verdict";
import type { Facet as FacetName, MapScene } from "./columnar";
import { countFacets, toggleKind } from "./finding";
import { showsLinesAtRest } from "./frame";
import styles from "./MapPage.module.css";
import type { Level } from "./MapRenderer";
import type { MapState } from "./useMapState";

export const FACET_WORDS: Record<FacetName, string> = {
  user: "User",
  role: "Role",
  group: "Group",
  external: "Outside",
  admin: "Admin-capable",
  service: "Service",
  account: "Account",
  other: "Other",
};

const FACET_KINDS: Record<FacetName, string> = {
  user: "user",
  role: "role",
  group: "group",
  external: "external-account",
  admin: "role",
  service: "service",
  account: "account",
  other: "resource",
};

export function Legend({ scene, state, level }: { scene: MapScene; state: MapState; level: Level }) {
  const values = countFacets(scene).map(([facet, count]) => ({
    value: facet,
    label: FACET_WORDS[facet],
    count,
    mark: <KindMark kind={FACET_KINDS[facet]} admin={facet === "admin" ? "certain" : "no"} decorative />,
    hidden: state.hide.includes(facet),
  }));
  const chosen = values.map(({ value }) => value).filter((facet) => state.find.split(/\s+/).includes(`kind:${facet}`));
  const toggleHidden = (facet: string) => {
    const name = facet as FacetName;
    state.change({ hide: state.hide.includes(name) ? state.hide.filter((other) => other !== name) : [...state.hide, name] });
  };
  return (
    <aside className={styles.rail} aria-label="Legend">
      <h2 className="visually-hidden">Legend</h2>
      <Facet
        name="Kinds"
        values={values}
        chosen={chosen}
        onChoose={(facet) => state.change({ find: toggleKind(state.find, facet as FacetName) })}
        onHide={toggleHidden}
      />
      <Lines scene={scene} />
      <Verdicts scene={scene} />
      <p className={styles.railFoot}>
        Click finds, Alt-click hides.
        <br />
        {shownWords(scene)}
        {!showsLinesAtRest(scene, level) && " Lines appear with a selection."}
      </p>
    </aside>
  );
}

function shownWords(scene: MapScene): string {
  const { truncated } = scene;
  if (!truncated) return `Shows all ${scene.nodes.length.toLocaleString("en")}.`;
  return `Shows ${truncated.shown.toLocaleString("en")} of ${truncated.total.toLocaleString("en")}: ${truncated.reason}`;
}

function Lines({ scene }: { scene: MapScene }) {
  const counts = { same: 0, cross: 0, anyone: 0, admin: 0 };
  for (const edge of scene.edges) {
    if (scene.nodes[edge.target]?.admin === true) counts.admin += edge.n;
    if (scene.nodes[edge.source]?.kind === "anyone") counts.anyone += edge.n;
    else counts[edge.cross ? "cross" : "same"] += edge.n;
  }
  const rows: [string, number, ReactNode][] = [
    ["Same account", counts.same, <path key="line" d="M0 8h16" stroke="var(--edge)" strokeWidth="1.5" />],
    ["Cross-account", counts.cross, <path key="line" d="M0 8h16" stroke="var(--edge)" strokeWidth="1.5" strokeDasharray="5 3.5" />],
    ["From anyone", counts.anyone, <path key="line" d="M0 6.5h16M0 9.5h16" stroke="var(--edge)" strokeWidth="1.25" />],
    ["Leads to admin", counts.admin, <path key="line" d="M0 8h16" stroke="var(--k-admin-line)" strokeWidth="2" />],
  ];
  return (
    <LegendList title="Relations">
      {rows
        .filter(([, count]) => count > 0)
        .map(([words, count, line]) => (
          <li key={words} className={styles.legendRow}>
            <svg width="16" height="16" fill="none" aria-hidden="true">
              {line}
            </svg>
            <span className={styles.legendWords}>{words}</span>
            <span className={styles.legendCount}>{count.toLocaleString("en")}</span>
          </li>
        ))}
    </LegendList>
  );
}

function Verdicts({ scene }: { scene: MapScene }) {
  const counts = new Map<Certainty, number>();
  for (const edge of scene.edges) counts.set(edge.certainty, (counts.get(edge.certainty) ?? 0) + edge.n);
  const order: Certainty[] = ["certain", "conditional", "unknown"];
  return (
    <LegendList title="Verdict">
      {order
        .filter((certainty) => counts.has(certainty))
        .map((certainty) => (
          <li key={certainty} className={styles.legendRow}>
            <span className={styles.legendWords}>
              <Verdict verdict={certainty} />
            </span>
            <span className={styles.legendCount}>{(counts.get(certainty) ?? 0).toLocaleString("en")}</span>
          </li>
        ))}
    </LegendList>
  );
}

function LegendList({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.legend} aria-label={title}>
      <h3 className={styles.legendTitle}>{title}</h3>
      <ul>{children}</ul>
    </section>
  );
}
