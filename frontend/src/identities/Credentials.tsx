/** A user's password and access keys, as far as the credential report or the commands told. */
import type { IdentityDetail } from "../api/types";
import { ago, dayAndTime, NOTHING } from "../ui/format";
import { Block } from "../ui/Page";
import { Facts } from "../ui/Panel";
import { NumberCell, Table } from "../ui/Table";

const COLUMNS = [{ name: "Access key" }, { name: "Rotated", numeric: true }, { name: "Last used", numeric: true }, { name: "For" }];

const sayYes = (value: boolean | null) => (value === null ? "not known" : value ? "yes" : "no");

export function Credentials({ identity }: { identity: IdentityDetail }) {
  const credentials = identity.credentials;
  if (credentials === null) {
    return (
      <Block title="Credentials" remark="not known">
        <p className="second small">Neither a credential report nor the outputs of IAM commands were read for this account.</p>
      </Block>
    );
  }
  return (
    <Block title="Credentials">
      <Facts
        facts={[
          ["Password", sayYes(credentials.password_enabled)],
          ["MFA", sayYes(credentials.mfa_active)],
          ["Signed in", <span key="s" title={dayAndTime(credentials.password_last_used)}>{ago(credentials.password_last_used)}</span>],
          ["Changed", <span key="c" title={dayAndTime(credentials.password_last_changed)}>{ago(credentials.password_last_changed)}</span>],
        ]}
      />
      {credentials.keys && credentials.keys.length > 0 && (
        <Table caption="Access keys" columns={COLUMNS} dense>
          {credentials.keys.map((key, index) => (
            <tr key={index}>
              <td>{key.active ? "active" : "inactive"}</td>
              <NumberCell>{ago(key.last_rotated)}</NumberCell>
              <NumberCell>{ago(key.last_used)}</NumberCell>
              <td className="second">{key.last_used_service ?? NOTHING}</td>
            </tr>
          ))}
        </Table>
      )}
    </Block>
  );
}
