/** What the drawing shows, in one sentence: for those who hear it, and for the print. */
import type { Account } from "../api/types";
import { plural } from "../scene/text";
import type { MapScene } from "./columnar";
import type { Level } from "./MapRenderer";

export function summaryOf(scene: MapScene, level: Level, accounts: readonly Account[], open: string): string {
  const relations = scene.edges.reduce((sum, edge) => sum + edge.n, 0);
  const across = scene.edges.reduce((sum, edge) => sum + (edge.cross ? edge.n : 0), 0);
  const outside = scene.nodes.filter((node) => node.facet === "external").length;
  const ends = `${plural(across, "relation")} across accounts; ${plural(outside, "outside party", "outside parties")}`;
  if (level === "identity") {
    const name = accounts.find((account) => account.account === open)?.name ?? open;
    const admins = scene.nodes.filter((node) => node.admin).length;
    return `Map of ${name}: ${scene.nodes.length.toLocaleString("en")} marks, ${plural(relations, "relation")}, ${ends}; ${admins} admin-capable`;
  }
  const drawn = scene.nodes.filter((node) => node.kind === "account");
  const units = scene.groups.filter((group) => group.n > 0).length;
  return `Map of ${plural(drawn.length, "account")} in ${plural(units, "group")}: ${plural(relations, "relation")}, ${ends}`;
}
