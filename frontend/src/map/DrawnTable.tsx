/** The drawing as a table: the same nodes, the same selection; all there is where WebGL is not. */
import { useState } from "react";
import type { Account } from "../api/types";
import { Button } from "../ui/Button";
import { NOTHING } from "../ui/format";
import { KindMark } from "../ui/KindMark";
import { kindOf } from "../ui/kinds";
import { NumberCell, Table } from "../ui/Table";
import { classes } from "../ui/classes";
import type { MapNode, MapScene } from "./columnar";
import { degreesOf } from "./columnar";
import styles from "./MapPage.module.css";
import type { Level } from "./MapRenderer";
import { accountOfNode, openable } from "./useMapState";
import type { MapState } from "./useMapState";

interface Props {
  scene: MapScene;
  level: Level;
  state: MapState;
  rows: MapNode[];
  selected: number | null;
  alone: boolean;
  accounts: readonly Account[];
}

const STEP = 100;

export function DrawnTable(props: Props) {
  const { scene, level, rows, selected, alone, state } = props;
  const [shown, setShown] = useState(STEP);
  // Where lines are left out, a count of them is not a count of relations; the panel has that.
  const cutShort = scene.truncated !== null;
  const columns = [
    { name: "Name", width: "34%" },
    { name: "Kind", width: "14%" },
    { name: level === "account" ? "Identities" : "In group", width: "20%", numeric: level === "account" },
    { name: cutShort ? "Drawn in" : "In", numeric: true, width: "64px" },
    { name: cutShort ? "Drawn out" : "Out", numeric: true, width: "64px" },
    { name: "Open", hidden: true, width: "52px" },
  ];
  const cut = rows.slice(0, shown);
  return (
    <section className={classes(styles.drawn, alone && styles.alone)} aria-label="Drawn now">
      <header className={styles.drawnTitle}>
        <h2>Drawn now</h2>
        <span className="quiet">{rowsWords(props)}</span>
      </header>
      <div className={styles.drawnRows}>
        <Table caption="What is drawn" columns={columns} dense sticky>
          {cut.map((node) => (
            <Row key={node.index} node={node} {...props} isSelected={node.index === selected} />
          ))}
        </Table>
        {rows.length === 0 && <p className={styles.none}>{nothingWords(state)}</p>}
        {rows.length > cut.length && (
          <p className={styles.more}>
            {cut.length.toLocaleString("en")} of {rows.length.toLocaleString("en")}{" "}
            <Button look="link" onClick={() => setShown(shown + STEP)}>
              Show {Math.min(STEP, rows.length - cut.length)} more
            </Button>
          </p>
        )}
      </div>
    </section>
  );

  function rowsWords({ rows: all, scene: { nodes } }: Props): string {
    if (selected !== null) return `${(all.length - 1).toLocaleString("en")} connected to the selection, of ${scene.nodes.length.toLocaleString("en")}`;
    if (state.find !== "") return `${all.length.toLocaleString("en")} found, of ${nodes.length.toLocaleString("en")}`;
    return `${all.length.toLocaleString("en")} of ${nodes.length.toLocaleString("en")}`;
  }
}

function nothingWords(state: MapState): string {
  if (state.find !== "") return `Nothing drawn here matches “${state.find}”. Search the whole revision with / or ⌘K.`;
  return state.hide.length > 0 ? "Everything is hidden: take a filter off above." : "Nothing is drawn.";
}

function Row({ node, scene, level, state, accounts, isSelected }: Props & { node: MapNode; isSelected: boolean }) {
  const degrees = degreesOf(scene, node.index);
  const account = openable(accountOfNode(node.id), accounts)?.account ?? "";
  const group = scene.groups.find((each) => each.id === node.parent)?.label ?? (node.kind === "account" ? "another account" : "outside");
  return (
    <tr aria-selected={isSelected} onDoubleClick={() => account !== "" && state.openAccount(account)}>
      <td>
        <button type="button" className={styles.rowName} title={node.id} onClick={() => state.select(isSelected ? "" : node.id)}>
          <KindMark kind={node.kind} admin={node.admin ? "certain" : "no"} decorative />
          <span className={styles.rowWords}>{node.label}</span>
        </button>
      </td>
      <td className="second">{kindOf(node.kind, node.admin ? "certain" : "no")}</td>
      {level === "account" ? <NumberCell>{node.kind === "account" ? node.n.toLocaleString("en") : NOTHING}</NumberCell> : <td className="second">{group}</td>}
      <NumberCell>{degrees.in.toLocaleString("en")}</NumberCell>
      <NumberCell>{degrees.out.toLocaleString("en")}</NumberCell>
      <td className={styles.rowAction}>
        {account !== "" && (
          <Button look="link" onClick={() => state.openAccount(account)} aria-label={`Open ${node.label}`}>
            Open
          </Button>
        )}
      </td>
    </tr>
  );
}
