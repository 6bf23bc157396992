/** What is taken as known of the calls: it turns conditional edges into certain ones, or into none. */
import { Input, Select } from "../ui/Field";
import { ToolGroup } from "../ui/ToolPage";
import type { Assumed } from "./searchState";

interface Props {
  assumed: Assumed;
  onChange: (assumed: Assumed) => void;
}

export function AssumeFields({ assumed, onChange }: Props) {
  const change = (patch: Partial<Assumed>) => onChange({ ...assumed, ...patch });
  return (
    <ToolGroup name="Assume">
      <Select
        aria-label="MFA"
        value={assumed.mfa}
        onChange={(event) => change({ mfa: event.target.value === "yes" ? "yes" : event.target.value === "no" ? "no" : "" })}
      >
        <option value="">MFA open</option>
        <option value="yes">with MFA</option>
        <option value="no">without MFA</option>
      </Select>
      <Input
        aria-label="Source address"
        placeholder="Source address"
        value={assumed.sourceIp}
        onChange={(event) => change({ sourceIp: event.target.value.trim() })}
      />
      <Input
        aria-label="ExternalId"
        placeholder="ExternalId, known or none"
        value={assumed.externalId}
        onChange={(event) => change({ externalId: event.target.value.trim() })}
      />
    </ToolGroup>
  );
}
