/** Members of a group, or groups of a user. */
import type { NodeRef } from "../api/types";
import { NodeName } from "../router/links";
import { counted } from "../ui/format";
import { Block } from "../ui/Page";
import { Table } from "../ui/Table";

const COLUMNS = [{ name: "Name", width: "40%" }, { name: "ARN" }];

export function NodeList({ nodes }: { nodes: readonly NodeRef[] }) {
  return (
    <ul style={{ display: "grid", gap: 8 }}>
      {nodes.map((node) => (
        <li key={node.id}>
          <NodeName node={node} />
        </li>
      ))}
    </ul>
  );
}

export function MembersTab({ title, nodes, nothing }: { title: string; nodes: readonly NodeRef[]; nothing: string }) {
  if (nodes.length === 0) {
    return (
      <Block title={title}>
        <p className="second">{nothing}</p>
      </Block>
    );
  }
  return (
    <Block title={title} remark={counted(nodes.length, title === "Groups" ? "group" : "member")}>
      <Table caption={title} columns={COLUMNS}>
        {nodes.map((node) => (
          <tr key={node.id}>
            <td>
              <NodeName node={node} />
            </td>
            <td className="mono second">{node.id}</td>
          </tr>
        ))}
      </Table>
    </Block>
  );
}
