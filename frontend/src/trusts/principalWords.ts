/** Who is trusted, in words: "any principal of data-lake whose own policies let it". */
import type { NodeRef } from "../scene/model";

export function principalInWords(principal: NodeRef, outside: boolean): string {
  const place = principal.account_name ?? principal.account ?? "";
  switch (principal.kind) {
    case "anyone":
      return "Anyone, in any AWS account";
    case "account":
    case "external-account":
      return `Any principal of ${place || principal.name}${outside ? ", outside" : ""}`;
    case "service":
      return `The service ${principal.name}`;
    case "dangling":
      return `${principal.name}, which no longer exists`;
    case "user":
    case "role":
    case "external-principal":
      return place ? `${principal.name} in ${place}` : principal.name;
    default:
      return principal.name;
  }
}
