/** Settings of the member: profile, theme, keys, API tokens. */
import { useState } from "react";
import { useMe } from "../api/queries";
import { setSingleKeys, singleKeysOn } from "../router/shortcuts";
import { useTitle } from "../router/title";
import { Checkbox, Segmented } from "../ui/Field";
import { Block, PageHead } from "../ui/Page";
import { Facts } from "../ui/Panel";
import { ErrorState, Loading } from "../ui/states";
import { applyTheme, useChosenTheme, type Theme } from "../ui/theme";
import styles from "./SettingsPage.module.css";
import { Tokens } from "./Tokens";

const THEMES: readonly { value: Theme; name: string }[] = [
  { value: "system", name: "As the system" },
  { value: "light", name: "Light" },
  { value: "dark", name: "Dark" },
];

function Profile() {
  const me = useMe();
  if (me.isError) return <ErrorState error={me.error} onRetry={() => void me.refetch()} />;
  if (!me.data) return <Loading what="the profile" />;
  const workspaces = me.data.workspaces.map((workspace) => `${workspace.name} (${workspace.role})`).join(", ");
  return (
    <Facts
      strip
      facts={[
        ["Name", me.data.name || "not set"],
        ["E-mail", me.data.email],
        ["Workspaces", workspaces || "none"],
      ]}
    />
  );
}

function Keys() {
  const [on, setOn] = useState(singleKeysOn);
  return (
    <Checkbox
      label="Single keys: / searches, g then o, m, i, t, p or c opens a page"
      checked={on}
      onChange={(checked) => {
        setSingleKeys(checked);
        setOn(checked);
      }}
    />
  );
}

export function SettingsPage() {
  useTitle("Settings");
  const theme = useChosenTheme();
  return (
    <div className={styles.page}>
      <PageHead title="Settings" />
      <Block title="Profile">
        <Profile />
      </Block>
      <Block title="Theme">
        <Segmented label="Theme" choices={THEMES} chosen={theme} onChoose={applyTheme} />
      </Block>
      <Block title="Keyboard" remark="⌘K or Ctrl+K always opens the search">
        <Keys />
      </Block>
      <Block title="API tokens" remark="for scripts; a token may do what you may do">
        <Tokens />
      </Block>
    </div>
  );
}
