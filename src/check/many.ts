import { type Clock, type Instant, SECOND } from "../kernel/clock.ts";
import type { Problem } from "../kernel/problem.ts";
import type { Check, Checker } from "./checker.ts";
import { aged, type Answer, type Outcome } from "./decide.ts";
import type { Caller } from "./gate.ts";
import type { Reading } from "./question.ts";
import { INDETERMINATE, problemOf } from "./refusal.ts";

/** As many checks as are asked of a Replica in one call. */
const ASKED_AT_ONCE = 256;
/** After a call that failed, nothing is asked for so long: else a long request would wait for each of its parts anew. */
const REST_MS = SECOND;

/** What is said once of all checks of a request, or known to who asked. */
type EnvelopeField = "purpose" | "sequence" | "freshThrough" | "maxStalenessMs" | "answerId";

/** What is said of one check of many: the decision, as the single check has it, or a problem. */
export type Item = Omit<Answer, EnvelopeField> | Problem;

/** `at` is the pointer to the check within the request, before the pointers within the check. */
export function itemOf(outcome: Outcome, at: string): Item {
  if (!outcome.ok) return problemOf(outcome, at);
  const { decision, kinds, mustPay, nextToken, nextTokens, renew } = outcome.answer;
  const item: Item = { decision, kinds };
  if (mustPay) item.mustPay = mustPay;
  if (nextToken) item.nextToken = nextToken;
  if (nextTokens) item.nextTokens = nextTokens;
  if (renew) item.renew = renew;
  return item;
}

/**
 * Answers the checks of one request that holds many, each as a single check would be answered: from memory, what memory
 * does not hold by asking a Replica for many at once. No `clear` is older than the bound when it is handed back.
 */
export class ManyChecks {
  readonly #checker: Checker;
  readonly #caller: Caller;
  readonly #clock: Clock;
  #failedAt: Instant = Number.NEGATIVE_INFINITY;

  constructor(parts: { checker: Checker; caller: Caller; clock: Clock }) {
    this.#checker = parts.checker;
    this.#caller = parts.caller;
    this.#clock = parts.clock;
  }

  /** The outcomes in the order of the readings. `idOf` names the answer of the reading at its place in this list. */
  async answer(readings: readonly Reading[], idOf: (at: number) => string): Promise<Outcome[]> {
    const decidedAt = this.#clock();
    const known = readings.map((reading, at) =>
      reading.ok ? this.#checker.fromMemory(this.#caller, reading.question, idOf(at)) : reading,
    );
    const missing: Check[] = [];
    known.forEach((outcome, at) => {
      const reading = readings[at]!;
      if (outcome === null && reading.ok) missing.push({ question: reading.question, answerId: idOf(at) });
    });
    if (missing.length === 0) return known as Outcome[];
    const asked = (await this.#askInTurn(missing)).values();
    const elapsed = this.#clock() - decidedAt;
    return known.map((outcome) => (outcome ? aged(outcome, elapsed) : asked.next().value!));
  }

  async #askInTurn(checks: readonly Check[]): Promise<Outcome[]> {
    const turns: { outcomes: Outcome[]; decidedAt: Instant }[] = [];
    for (let from = 0; from < checks.length; from += ASKED_AT_ONCE) {
      const outcomes = await this.#ask(checks.slice(from, from + ASKED_AT_ONCE));
      turns.push({ outcomes, decidedAt: this.#clock() });
    }
    const now = this.#clock();
    return turns.flatMap(({ outcomes, decidedAt }) => outcomes.map((outcome) => aged(outcome, now - decidedAt)));
  }

  async #ask(checks: readonly Check[]): Promise<Outcome[]> {
    const sinceFailure = this.#clock() - this.#failedAt;
    if (sinceFailure >= 0 && sinceFailure < REST_MS) return checks.map(() => INDETERMINATE);
    const outcomes = await this.#checker.askAll(this.#caller, checks);
    if (outcomes.every((outcome) => outcome === INDETERMINATE)) this.#failedAt = this.#clock();
    return outcomes;
  }
}
