import type { Result } from "../../../kernel/result.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { Visitor } from "../../authentication/sessions/model.ts";
import type { StaffRefusal } from "../../users/people/rpc.ts";
import type { LatenessKind } from "../acknowledgements/model.ts";
import type { ExclusionPropagation, LapseState } from "./model.ts";

/** What an operator is or was late with, as a line of a list. */
export interface LapseLine {
  operator: string;
  /** Null for one that is not listed any more. */
  name: string | null;
  kind: LatenessKind;
  state: LapseState;
  since: Instant;
  count: number;
  most: number;
  seenAt: Instant;
  caughtUpAt: Instant | null;
}

/** What the list is narrowed to; what is empty, or none of ours, narrows nothing, and of a state shows what is open. */
export interface LapseFilterText {
  state: string;
  kind: string;
  operator: string;
}

/** What the portal may ask of origin for the regulator's people about how exclusions reach operators. Each verb asks who they are and what they may. */
export interface StaffPropagationRpc {
  /** A page, the longest late first; `next` is the next page's `after`, null after the last. */
  overdue(request: { visitor: Visitor; filter: LapseFilterText; after: string | null }): Promise<Result<{ lines: LapseLine[]; next: string | null }, StaffRefusal>>;
  /** How far an exclusion came with each operator. Leaves an entry in the audit log before it answers. */
  ofExclusion(request: { visitor: Visitor; reference: string }): Promise<Result<{ propagation: ExclusionPropagation }, StaffRefusal>>;
}
