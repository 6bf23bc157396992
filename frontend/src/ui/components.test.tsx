import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { Facet } from "./Facet";
import { KindMark } from "./KindMark";
import { StatementViewer } from "./StatementViewer";
import { Loading } from "./states";
import { VerdictRow } from "./VerdictRow";

it("says a kind in words, for those who do not see the mark", () => {
  render(<KindMark kind="role" admin="certain" />);
  expect(screen.getByRole("img", { name: "Role, admin" })).toBeTruthy();
});

it("numbers the lines of the whole document and notes why a line decides", () => {
  render(
    <StatementViewer
      text={'{\n  "Effect": "Allow",\n  "Action": "*"\n}'}
      label="Policy"
      firstLine={2}
      lastLine={3}
      highlights={[{ first_line: 3, last_line: 3, note: "covers the action" }]}
    />,
  );
  const lines = screen.getAllByRole("listitem").map((line) => line.textContent);
  expect(lines).toEqual(['2  "Effect": "Allow",', '3  "Action": "*"covers the action']);
});

it("shows markup in a policy as text", () => {
  render(<StatementViewer text={'"Sid": "<img src=x onerror=alert(1)>"'} label="Policy" />);
  expect(screen.getByRole("region", { name: "Policy" }).querySelector("img")).toBeNull();
  expect(screen.getByText(/<img src=x/)).toBeTruthy();
});

it("puts the layers in the order in which AWS asks them, and says nothing good of one that was not asked", () => {
  render(
    <VerdictRow
      layers={[
        { layer: "scp", verdict: "not-evaluated", where: "" },
        { layer: "trust", verdict: "allows-if", where: "OrgAdmin, 1" },
        { layer: "identity", verdict: "allows", where: "DeployProdAccess, 2" },
      ]}
    />,
  );
  expect(screen.getAllByRole("listitem").map((cell) => cell.textContent)).toEqual([
    "Identity policyAllowsDeployProdAccess, 2",
    "Trust policyAllows ifOrgAdmin, 1",
    "SCP?Not evaluated",
  ]);
});

it("finds by a click on a facet and hides by an Alt-click", async () => {
  const [find, hide] = [vi.fn(), vi.fn()];
  render(<Facet name="Kind" values={[{ value: "role", label: "Role", count: 1204 }]} chosen={[]} onChoose={find} onHide={hide} />);
  const value = screen.getByRole("button", { name: "Role 1,204" });
  const user = userEvent.setup();
  await user.click(value);
  await user.keyboard("{Alt>}");
  await user.click(value);
  expect(find.mock.calls).toEqual([["role"]]);
  expect(hide.mock.calls).toEqual([["role"]]);
});

it("shows nothing in the first 300 ms of waiting", () => {
  render(<Loading what="identities" />);
  expect(screen.queryByRole("status")).toBeNull();
});
