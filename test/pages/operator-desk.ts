import type { OperatorDeskRpc, OperatorHome } from "../../src/domains/operators/desk/rpc.ts";
import type { StaffRefusal } from "../../src/domains/users/people/rpc.ts";
import { HOUR } from "../../src/kernel/clock.ts";
import { NOW } from "./citizens.ts";

export const ACME = "opacme0001";

export const HOME: OperatorHome = {
  operator: { id: ACME, name: "Acme <b>Bets</b>", state: "active", requiredKinds: ["msisdn", "national_id"], declaredCustomers: 1_000, enrolledAt: NOW - 24 * HOUR },
  others: [{ id: "opother001", name: "Other Bets" }],
  rooms: ["keys"],
  asOf: NOW,
};

type Call = { verb: keyof OperatorDeskRpc; request: unknown };

/** Origin's verbs of an operator's people over one operator, in memory, and a record of what they were asked. */
export class OperatorDesk implements OperatorDeskRpc {
  readonly calls: Call[] = [];
  /** The next call answers this instead. */
  refusal: StaffRefusal | null = null;
  seen: OperatorHome = HOME;

  async #heard<T extends object>(verb: Call["verb"], request: unknown, answer: () => T): Promise<any> {
    this.calls.push({ verb, request });
    const { refusal } = this;
    this.refusal = null;
    return refusal ? { ok: false, ...refusal } : { ok: true, ...answer() };
  }

  home(request: Parameters<OperatorDeskRpc["home"]>[0]) {
    return this.#heard("home", request, () => this.seen);
  }

  asked(verb: Call["verb"]): any[] {
    return this.calls.filter((call) => call.verb === verb).map(({ request }) => request);
  }
}
