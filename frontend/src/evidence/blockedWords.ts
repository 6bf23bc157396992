/** Why a relation does not stand, in one sentence. */
import type { BlockedRelation } from "../scene/model";
import { displayName, policyName } from "../scene/words";

export function blockedSentence(relation: BlockedRelation): string {
  const source = displayName(relation.source);
  const target = displayName(relation.target);
  const where = placeInWords(relation);
  const sentences: Record<BlockedRelation["layer"], string> = {
    trust: `The trust policy of ${target}${where} keeps ${source} out.`,
    identity: `${source} has no permission for the call: an identity policy${where} denies it, or none allows it.`,
    boundary: `The permissions boundary of ${source}${where} does not allow the call.`,
    resource: `The policy of ${target}${where} keeps ${source} out.`,
    session: `The session policy${where} does not allow the call.`,
    scp: `A service control policy${where} of the organization does not allow the call in the account of ${source}.`,
    rcp: `A resource control policy${where} of the organization keeps ${source} out.`,
    suspended: `One of the two accounts is suspended: nobody calls from it or into it.`,
    dead: `The statement${where} names somebody who does not exist in this revision, so it lets nobody in.`,
  };
  return sentences[relation.layer];
}

function placeInWords({ policy, statement }: BlockedRelation): string {
  if (policy === null) return "";
  return statement === null ? ` (${policyName(policy)})` : ` (${policyName(policy)}, statement ${statement + 1})`;
}
