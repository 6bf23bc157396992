/** The shapes of the API, by their names in its schema. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Account = Schemas["Account"];
export type Action = Schemas["Action"];
export type AdminPower = Schemas["AdminPower"];
export type AppliedPolicy = Schemas["AppliedPolicy"];
export type BlockedRelation = Schemas["BlockedRelation"];
export type Certainty = Schemas["Certainty"];
export type Condition = Schemas["Condition"];
export type Coverage = Schemas["Coverage"];
export type Deciding = Schemas["Deciding"];
export type DecidingDocument = Schemas["DecidingDocument"];
export type DecidingLayer = Schemas["DecidingLayer"];
export type Decision = Schemas["Decision"];
export type Denial = Schemas["Denial"];
export type Edge = Schemas["Edge"];
export type EdgeKind = Schemas["EdgeKind"];
export type Evaluation = Schemas["Evaluation"];
export type EvidenceDocument = Schemas["EvidenceDocument"];
export type Facets = Schemas["Facets"];
export type GraphLevel = Schemas["GraphLevel"];
export type Identity = Schemas["Identity"];
export type IdentityDetail = Schemas["IdentityDetail"];
export type KnownKey = Schemas["KnownKey"];
export type Me = Schemas["Me"];
export type Neighbourhood = Schemas["Neighbourhood"];
export type NodeKind = Schemas["NodeKind"];
export type NodeRef = Schemas["NodeRef"];
export type Notice = Schemas["Notice"];
export type PartKind = Schemas["PartKind"];
export type Path = Schemas["Path"];
export type Paths = Schemas["Paths"];
export type Relation = Schemas["Relation"];
export type Revision = Schemas["Revision"];
export type Token = Schemas["Token"];
export type Trust = Schemas["Trust"];
export type TrustStatement = Schemas["TrustStatement"];
export type Upload = Schemas["Upload"];
export type UploadedFile = Schemas["UploadedFile"];
export type Workspace = Schemas["Workspace"];

/** What is looked at: a revision of a workspace. */
export interface Scope {
  workspace: string;
  revision: string;
}
