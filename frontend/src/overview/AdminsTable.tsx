/** Who is admin, and how many can become it. */
import { Link } from "@tanstack/react-router";
import type { Scope } from "../api/types";
import { NodeName } from "../router/links";
import { LinkedNumber } from "../ui/LinkedNumber";
import { ErrorState } from "../ui/states";
import { LoadingRows, NumberCell, Table } from "../ui/Table";
import { useAdmins } from "./queries";

const COLUMNS = [
  { name: "Identity", width: "50%" },
  { name: "Account", width: "28%" },
  { name: "Can become it", numeric: true },
];

export function AdminsTable({ scope }: { scope: Scope }) {
  const admins = useAdmins(scope);
  if (admins.isError) return <ErrorState error={admins.error} onRetry={() => void admins.refetch()} />;
  if (admins.data?.total === 0) return <p className="second">No identity may do everything in its account.</p>;
  return (
    <>
      <Table caption="Admins, those that the most can become first" columns={COLUMNS}>
        {admins.data ? (
          admins.data.results.map((identity) => (
            <tr key={identity.id}>
              <td>
                <NodeName node={identity} />
              </td>
              <td className="second">{identity.account_name ?? identity.account}</td>
              <NumberCell>
                <LinkedNumber
                  to="/w/$workspace/r/$revision/identities/$key"
                  params={{ ...scope, key: identity.key }}
                  search={{ tab: identity.kind === "group" ? "members" : "trust" }}
                  value={identity.trusted_by}
                />
              </NumberCell>
            </tr>
          ))
        ) : (
          <LoadingRows columns={COLUMNS.length} />
        )}
      </Table>
      {admins.data && admins.data.total > admins.data.results.length && (
        <p className="quiet small">
          {admins.data.results.length} of{" "}
          <Link
            to="/w/$workspace/r/$revision/identities"
            params={scope}
            search={{ admin: "certain,conditional", ordering: "-trusted_by" }}
          >
            {admins.data.total.toLocaleString("en")}
          </Link>
        </p>
      )}
    </>
  );
}
