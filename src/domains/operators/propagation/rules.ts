import type { Instant } from "../../../kernel/clock.ts";
import type { Lateness } from "../acknowledgements/model.ts";
import type { Propagated } from "../acknowledgements/rpc.ts";
import { owedAfter } from "../acknowledgements/rules.ts";
import type { OperatorPropagation } from "./model.ts";

type Shown = Omit<OperatorPropagation, "operator" | "name">;

const UNKNOWN: Shown = { reach: "unknown", events: [], acknowledged: [], owed: [] };

/** How far an exclusion came with an operator; null is a feed that did not answer: that is never taken for done. */
export function reachOf(known: Propagated | null): Shown {
  if (!known) return UNKNOWN;
  const { events, acknowledged } = known;
  const owed = owedAfter(acknowledged.map(({ state }) => state));
  return { reach: reach(known, owed.length), events, acknowledged, owed };
}

function reach({ events, acknowledged, reachable }: Propagated, owed: number): Shown["reach"] {
  if (acknowledged.length > 0) return owed > 0 ? "acknowledged" : "done";
  const newest = events.at(-1);
  if (!newest) return "not-told";
  if (newest.handledAt !== null) return "no-customer";
  if (newest.receivedAt !== null) return "received";
  return reachable ? "waiting" : "unreachable";
}

/** A lapse as it is kept, as far as it is judged by. */
export interface OpenLapse {
  id: string;
  version: number;
  kind: Lateness["kind"];
  since: Instant;
  count: number;
  most: number;
}

/** What becomes of an operator's lapses. */
export interface LapseSteps {
  begun: Lateness[];
  goingOn: { lapse: OpenLapse; now: Lateness }[];
  over: OpenLapse[];
}

/** What an operator's open lapses become with what its feed says now. */
export function stepsOf(open: readonly OpenLapse[], late: readonly Lateness[]): LapseSteps {
  const byKind = new Map(late.map((one) => [one.kind, one]));
  return {
    begun: late.filter(({ kind }) => !open.some((lapse) => lapse.kind === kind)),
    goingOn: open.flatMap((lapse) => (byKind.has(lapse.kind) ? [{ lapse, now: byKind.get(lapse.kind)! }] : [])),
    over: open.filter(({ kind }) => !byKind.has(kind)),
  };
}
