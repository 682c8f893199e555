import { FORMULA_NAMES, FORMULAS } from "../../src/domains/compliance/standing/formulas.ts";
import { namesIn } from "../../src/domains/compliance/standing/expression.ts";
import type { Finding } from "../../src/domains/compliance/standing/model.ts";
import type { Look, OpenRefusal, Overview, ShownViolation, SupervisionRpc, SuperviseRefusal } from "../../src/domains/compliance/supervision/rpc.ts";
import { DAY } from "../../src/kernel/clock.ts";
import { NOW } from "./citizens.ts";
import { ACME } from "./operator-desk.ts";

export const VIOLATION = "01890a5d-ac96-774b-bcce-b302099a8071";
export const HEARD = "01890a5d-ac96-774b-bcce-b302099a8072";
const OPERATOR = { id: ACME, name: "Acme <b>Bets</b>" };

/** What a rule proposed, and nobody was told of. */
const PROPOSED: ShownViolation = {
  id: VIOLATION, operator: OPERATOR, state: "proposed", rule: "canary-accepted", figures: { canary: HEARD, meetings: 2 }, grounds: null, openedAt: NOW - DAY, respondUntil: null,
  response: null, decision: null, remedy: null, closing: null, accuser: null, steps: ["notify"], version: 1,
};

export const RESPONDED: ShownViolation = {
  ...PROPOSED, id: HEARD, state: "responded", rule: "by-hand", figures: {}, grounds: "what an <i>officer</i> said of it", respondUntil: NOW + DAY, accuser: "user:officer",
  response: { at: NOW, words: "it was <u>not</u> so" }, steps: ["uphold", "dismiss"], version: 3,
};

const finding = (name: (typeof FORMULA_NAMES)[number], value: number | null): Finding => {
  const { code, ...formula } = FORMULAS[name];
  return {
    name, ...formula, code, value, inputs: Object.fromEntries(namesIn(code).map((input, at) => [input, value === null ? null : at])),
    loss: formula.source === "usage" ? { batchesLost: value === null ? null : 3, answersDropped: value === null ? null : 1_200, daysUnknown: 2 } : null,
  };
};

export const LOOK: Look = {
  operator: OPERATOR, month: "2026-11", live: { score: 89.9, band: "good", part: 0.7512, leastPart: 0.5, findings: FORMULA_NAMES.map((name, at) => finding(name, at % 3 === 0 ? null : at / 15)) },
  reports: [{ month: "2026-10", edition: 2, score: 90, band: "excellent", part: 0.9, leastPart: 0.5 }, { month: "2026-09", edition: 1, score: null, band: null, part: 0.1, leastPart: 0.5 }],
  violations: [PROPOSED, RESPONDED], next: null,
};

type Call = { verb: keyof SupervisionRpc; request: unknown };

/** Origin's verbs on compliance over one operator, in memory, and a record of what they were asked. */
export class Supervision implements SupervisionRpc {
  readonly calls: Call[] = [];
  /** The next call answers this instead. */
  refusal: SuperviseRefusal | OpenRefusal | null = null;
  seen: Look = LOOK;
  seenOfAll: Overview = { operators: [{ ...OPERATOR, report: LOOK.reports[0]! }, { id: "opbeta0001", name: "Beta Bets", report: null }], violations: LOOK.violations, next: null, may: { open: true } };

  async #heard<T extends object>(verb: Call["verb"], request: unknown, answer: () => T): Promise<any> {
    this.calls.push({ verb, request });
    const { refusal } = this;
    this.refusal = null;
    return refusal ? { ok: false, ...refusal } : { ok: true, ...answer() };
  }

  overview(request: Parameters<SupervisionRpc["overview"]>[0]) {
    return this.#heard("overview", request, () => this.seenOfAll);
  }

  look(request: Parameters<SupervisionRpc["look"]>[0]) {
    return this.#heard("look", request, () => this.seen);
  }

  own(request: Parameters<SupervisionRpc["own"]>[0]) {
    return this.#heard("own", request, () => ({
      ...this.seen, violations: this.seen.violations.map((one) => ({ ...one, accuser: null, steps: one.state === "responded" ? (["respond"] as const) : [] })),
    }));
  }

  open(request: Parameters<SupervisionRpc["open"]>[0]) {
    return this.#heard("open", request, () => ({}));
  }

  step(request: Parameters<SupervisionRpc["step"]>[0]) {
    return this.#heard("step", request, () => ({}));
  }

  answer(request: Parameters<SupervisionRpc["answer"]>[0]) {
    return this.#heard("answer", request, () => ({}));
  }

  asked(verb: Call["verb"]): any[] {
    return this.calls.filter((call) => call.verb === verb).map(({ request }) => request);
  }
}
