/** The map: accounts in their OUs, one opened to its identities, the same thing as a table, and a panel for what is chosen. */
import { useQuery } from "@tanstack/react-query";
import { Suspense, lazy, useCallback, useDeferredValue, useMemo, useState } from "react";
import { useAccounts } from "../api/queries";
import type { Account } from "../api/types";
import { useTitle } from "../router/title";
import { useScope } from "../router/url-state";
import { ErrorState, Loading } from "../ui/states";
import type { MapScene } from "./columnar";
import { DrawnTable } from "./DrawnTable";
import { drawnNow, emphasise, findNodes } from "./finding";
import { sceneQuery } from "./graphQuery";
import { Legend } from "./Legend";
import { MapFigure } from "./MapFigure";
import styles from "./MapPage.module.css";
import { hasWebGL } from "./MapRenderer";
import type { Level } from "./MapRenderer";
import { MapToolbar } from "./MapToolbar";
import { accountOfIdentity, useMapState } from "./useMapState";
import type { MapState } from "./useMapState";

/** Loaded with the first selection: the drawing comes first. */
const SidePanel = lazy(() => import("./SidePanel").then((module) => ({ default: module.SidePanel })));

export function MapPage() {
  const scope = useScope();
  const accounts = useAccounts(scope);
  const homeOf = useCallback(
    (id: string) => {
      const account = accountOfIdentity(id);
      const known = accounts.data?.some((each) => each.account === account && each.in_snapshot);
      return known ? account : "";
    },
    [accounts.data],
  );
  const state = useMapState(homeOf);
  const opened = accounts.data?.find((account) => account.account === state.open);
  const scene = useQuery({ ...sceneQuery(scope, state.open), enabled: accounts.data !== undefined });
  useTitle(opened ? `Map of ${opened.name ?? opened.account}` : "Map");
  const failed = accounts.error ?? scene.error;
  if (failed) return <ErrorState error={failed} onRetry={() => void scene.refetch()} />;
  return (
    <div className={styles.page}>
      <h1 className="visually-hidden">{opened ? `Map of ${opened.name ?? opened.account}` : "Map of the organization"}</h1>
      <MapToolbar state={state} opened={opened} />
      {scene.data && accounts.data ? (
        <Explorer key={state.open} scene={scene.data} state={state} accounts={accounts.data} />
      ) : (
        <Loading what={state.open ? "the account's identities" : "the map"} />
      )}
    </div>
  );
}

function useWebGL(): boolean {
  const [available] = useState(hasWebGL);
  return available;
}

function Explorer({ scene, state, accounts }: { scene: MapScene; state: MapState; accounts: Account[] }) {
  const level: Level = state.open === "" ? "account" : "identity";
  const selected = scene.byId.get(state.sel)?.index ?? null;
  const find = useDeferredValue(state.find);
  const found = useMemo(() => findNodes(scene, find), [scene, find]);
  const hidden = state.hide.join();
  const emphasis = useMemo(
    () => emphasise(scene, selected, found, state.hide),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `hidden` stands for the list, which is new after every step
    [scene, selected, found, hidden],
  );
  const rows = useMemo(() => drawnNow(scene, selected, emphasis), [scene, selected, emphasis]);
  const webgl = useWebGL();
  const drawn = state.view !== "table" && webgl;
  const listed = state.view !== "graph" || !webgl;
  return (
    <div className={styles.body}>
      <Legend scene={scene} state={state} level={level} />
      <div className={styles.middle}>
        {!webgl && (
          <p className={styles.notice} role="status">
            This browser has no WebGL, which the drawing needs. The table holds everything that the drawing would show.
          </p>
        )}
        {drawn && (
          <MapFigure
            scene={scene}
            level={level}
            state={state}
            emphasis={emphasis}
            selected={selected}
            rows={rows}
            accounts={accounts}
          />
        )}
        {listed && (
          <DrawnTable scene={scene} level={level} state={state} rows={rows} selected={selected} alone={!drawn} accounts={accounts} />
        )}
      </div>
      {(state.sel !== "" || state.edgeFrom !== "") && (
        <Suspense>
          <SidePanel scene={scene} state={state} accounts={accounts} />
        </Suspense>
      )}
    </div>
  );
}
