/** API tokens: made here and shown once, listed, revoked. */
import { useState, type SyntheticEvent } from "react";
import { ApiError } from "../api/client";
import type { Token } from "../api/types";
import { Button } from "../ui/Button";
import { CopyButton } from "../ui/CopyButton";
import { Dialog } from "../ui/Dialog";
import { Field, Input, Select } from "../ui/Field";
import { day, dayAndTime } from "../ui/format";
import { ErrorState, Loading } from "../ui/states";
import { Table } from "../ui/Table";
import { useTokenActions, useTokens } from "./queries";
import styles from "./SettingsPage.module.css";

const COLUMNS = [
  { name: "Name", width: "34%" },
  { name: "Begins with" },
  { name: "Made" },
  { name: "Expires" },
  { name: "Revoke", numeric: true, width: "12%", hidden: true },
];
const EXPIRIES = [7, 30, 90, 365];

function sayProblem(error: Error): string {
  if (error instanceof ApiError && error.fields.length > 0) return error.fields.map((field) => field.detail).join(" ");
  return error.message;
}

function NewToken({ make }: { make: ReturnType<typeof useTokenActions>["make"] }) {
  const [name, setName] = useState("");
  const [days, setDays] = useState(90);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    make.mutate({ name: name.trim(), expiry_days: days }, { onSuccess: () => setName("") });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Field label="Name">
        <Input
          className={styles.name}
          value={name}
          placeholder="nightly upload"
          maxLength={100}
          required
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </Field>
      <Field label="Expires in">
        <Select value={days} onChange={(event) => setDays(Number(event.currentTarget.value))}>
          {EXPIRIES.map((expiry) => (
            <option key={expiry} value={expiry}>
              {expiry} days
            </option>
          ))}
        </Select>
      </Field>
      <Button look="primary" type="submit" disabled={name.trim() === "" || make.isPending}>
        Make a token
      </Button>
    </form>
  );
}

function TokenTable({ tokens, onRevoke }: { tokens: readonly Token[]; onRevoke: (token: Token) => void }) {
  if (tokens.length === 0) return <p className="second">There are no tokens.</p>;
  return (
    <Table caption="API tokens" columns={COLUMNS}>
      {tokens.map((token) => (
        <tr key={token.id}>
          <td title={token.name}>{token.name}</td>
          <td className="mono second">{token.start}…</td>
          <td className="second" title={dayAndTime(token.created)}>
            {day(token.created)}
          </td>
          <td className="second" title={dayAndTime(token.expires)}>
            {token.expires === null ? "never" : day(token.expires)}
          </td>
          <td className="right">
            <Button look="link" onClick={() => onRevoke(token)} aria-label={`Revoke ${token.name}`}>
              Revoke
            </Button>
          </td>
        </tr>
      ))}
    </Table>
  );
}

export function Tokens() {
  const tokens = useTokens();
  const { make, revoke } = useTokenActions();
  const [doomed, setDoomed] = useState<Token | null>(null);
  const onRevoked = () => {
    if (make.data?.id === doomed?.id) make.reset();
    setDoomed(null);
  };
  if (tokens.isError) return <ErrorState error={tokens.error} onRetry={() => void tokens.refetch()} />;
  if (!tokens.data) return <Loading what="the tokens" />;
  return (
    <>
      <NewToken make={make} />
      {make.isError && (
        <p role="alert" className={styles.error}>
          {sayProblem(make.error)}
        </p>
      )}
      {make.data && (
        <div className={styles.made} role="status">
          <span>
            {make.data.name} is shown this once: <code>{make.data.token}</code>
          </span>
          <CopyButton text={make.data.token} what="the token" words="Copy" />
        </div>
      )}
      <TokenTable tokens={tokens.data} onRevoke={setDoomed} />
      <Dialog
        open={doomed !== null}
        onOpenChange={(open) => !open && setDoomed(null)}
        title={`Revoke ${doomed?.name ?? "this token"}?`}
        description="Whatever uses it is refused from now on. This cannot be taken back."
      >
        {revoke.isError && (
          <p role="alert" className={styles.error}>
            {revoke.error.message}
          </p>
        )}
        <div className="row">
          <Button
            look="primary"
            disabled={revoke.isPending}
            onClick={() => doomed && revoke.mutate(doomed.id, { onSuccess: onRevoked })}
          >
            Revoke
          </Button>
          <Button onClick={() => setDoomed(null)}>Keep it</Button>
        </div>
      </Dialog>
    </>
  );
}
