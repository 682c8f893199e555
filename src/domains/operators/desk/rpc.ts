import type { Instant } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import type { Visitor } from "../../authentication/sessions/model.ts";
import type { StaffRefusal } from "../../users/people/rpc.ts";
import type { NamedOperator, OperatorRoom, OperatorSeen } from "./model.ts";

/** Who asks, and for which operator they hold a role: null for the first of them. */
export interface AskedFor {
  visitor: Visitor;
  operator: string | null;
}

export interface OperatorHome {
  operator: OperatorSeen;
  /** The others whose people the visitor is of. */
  others: NamedOperator[];
  rooms: OperatorRoom[];
  asOf: Instant | null;
}

/**
 * What the portal may ask of origin for an operator's people. Each verb asks who they are and what they may for that operator; of another's,
 * and of one that is not there, they are told that there is nothing.
 */
export interface OperatorDeskRpc {
  home(request: AskedFor): Promise<Result<OperatorHome, StaffRefusal>>;
}
