import type { ExclusionPropagation, OperatorPropagation } from "../../src/domains/operators/propagation/model.ts";
import type { LapseLine, StaffPropagationRpc } from "../../src/domains/operators/propagation/rpc.ts";
import type { StaffRefusal } from "../../src/domains/users/people/rpc.ts";
import { DAY, HOUR, MINUTE } from "../../src/kernel/clock.ts";
import { NOW } from "./citizens.ts";
import { EXCLUSION } from "./staff-exclusions.ts";

export const LATE: LapseLine = {
  operator: "kenbet", name: "Kenbet", kind: "handled", state: "open", since: NOW - 3 * HOUR, count: 12, most: 14, seenAt: NOW - MINUTE, caughtUpAt: null,
};

const event = (sequence: number, receivedAt: number | null, handledAt: number | null) => ({ sequence, type: "exclusion.started", at: NOW - DAY, receivedAt, handledAt });
const operator = (name: string, over: Partial<OperatorPropagation>): OperatorPropagation =>
  ({ operator: name.toLowerCase(), name, reach: "unknown", events: [], acknowledged: [], owed: [], ...over });

/** One operator for each way an exclusion can stand with it. */
export const REACHED: ExclusionPropagation = {
  reference: EXCLUSION, asOf: NOW,
  operators: [
    operator("Alphabet", {}), operator("Betabet", { reach: "not-told" }), operator("Gammabet", { reach: "unreachable", events: [event(4, null, null)] }),
    operator("Deltabet", { reach: "waiting", events: [event(5, null, null)] }), operator("Epsilonbet", { reach: "received", events: [event(6, NOW - DAY + 900, null)] }),
    operator("Zetabet", { reach: "no-customer", events: [event(7, NOW - DAY + 900, NOW - DAY + MINUTE)] }),
    operator("Etabet", {
      reach: "acknowledged", events: [event(8, NOW - DAY + 900, NOW - DAY + MINUTE)], owed: ["balance_returned"],
      acknowledged: [{ state: "session_ended", at: NOW - DAY + 5_000, saidAt: NOW - DAY + MINUTE }, { state: "account_closed", at: NOW - HOUR, saidAt: NOW - MINUTE }, { state: "marketing_removed", at: NOW - HOUR, saidAt: NOW - MINUTE }],
    }),
    operator("Thetabet", { reach: "done", acknowledged: [{ state: "marketing_removed", at: NOW - HOUR, saidAt: NOW - MINUTE }] }),
  ],
};

/** Origin's verbs on operators' lateness, in memory, and a record of what they were asked. */
export class StaffPropagation implements StaffPropagationRpc {
  readonly calls: { verb: keyof StaffPropagationRpc; request: unknown }[] = [];
  /** The next call answers this instead, or breaks. */
  refusal: StaffRefusal | "breaks" | null = null;
  lines: LapseLine[] = [LATE];
  next: string | null = null;
  propagation: ExclusionPropagation = REACHED;

  async #heard<T extends object>(verb: keyof StaffPropagationRpc, request: unknown, answer: T): Promise<any> {
    this.calls.push({ verb, request });
    const { refusal } = this;
    this.refusal = null;
    if (refusal === "breaks") throw new Error("away");
    return refusal ? { ok: false, ...refusal } : { ok: true, ...answer };
  }

  overdue(request: Parameters<StaffPropagationRpc["overdue"]>[0]) {
    return this.#heard("overdue", request, { lines: this.lines, next: this.next });
  }

  ofExclusion(request: Parameters<StaffPropagationRpc["ofExclusion"]>[0]) {
    return this.#heard("ofExclusion", request, { propagation: this.propagation });
  }
}
