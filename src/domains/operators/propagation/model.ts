import type { Instant } from "../../../kernel/clock.ts";
import type { AcknowledgedState } from "../acknowledgements/model.ts";
import type { ToldEvent } from "../acknowledgements/rpc.ts";

/** `caught-up`: nothing of it is late any more. */
export const LAPSE_STATES = ["open", "caught-up"] as const;
export type LapseState = (typeof LAPSE_STATES)[number];

/**
 * How far an exclusion came with one operator. `unknown`: its feed did not answer, which says nothing. `not-told`: its feed has no event of it, or none any more.
 * `unreachable`: it has no endpoint and never pulled. `waiting`: told and not received. `received`: and not worked through. `no-customer`: worked through, and
 * nothing said of the person, as far as the operator says. `acknowledged`: something was said, and not all that is owed. `done`: nothing is owed any more.
 */
export const REACHES = ["unknown", "not-told", "unreachable", "waiting", "received", "no-customer", "acknowledged", "done"] as const;
export type Reach = (typeof REACHES)[number];

/** One operator, as an exclusion's propagation shows it. */
export interface OperatorPropagation {
  operator: string;
  name: string;
  reach: Reach;
  events: readonly ToldEvent[];
  acknowledged: readonly { state: AcknowledgedState; at: Instant; saidAt: Instant }[];
  /** What it has yet to say of the person. */
  owed: readonly AcknowledgedState[];
}

/** An exclusion as it came to each operator that is enrolled, in the order of their names. */
export interface ExclusionPropagation {
  reference: string;
  /** How current the office's copy is that says which exclusions and operators there are; null before it first was whole. */
  asOf: Instant | null;
  operators: readonly OperatorPropagation[];
}
