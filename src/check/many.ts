import { type Clock, type Instant, SECOND } from "../kernel/clock.ts";
import type { Problem } from "../kernel/problem.ts";
import { type Check, type Checker, type Judged, refused } from "./checker.ts";
import type { Answer, Outcome } from "./decide.ts";
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
    const judged = readings.map((reading, at) => (reading.ok ? this.#checker.judge(this.#caller, reading.question, idOf(at)) : null));
    const missing: Check[] = [];
    readings.forEach((reading, at) => {
      if (judged[at] === null && reading.ok) missing.push({ question: reading.question, answerId: idOf(at) });
    });
    const asked = (await this.#askInTurn(missing)).values();
    const now = this.#clock();
    return readings.map((reading, at) => (reading.ok ? this.#give(judged[at] ?? asked.next().value!, now) : reading));
  }

  #give(judged: Judged, now: Instant): Outcome {
    return this.#checker.give(judged, now - judged.at);
  }

  async #askInTurn(checks: readonly Check[]): Promise<Judged[]> {
    const judged: Judged[] = [];
    for (let from = 0; from < checks.length; from += ASKED_AT_ONCE) judged.push(...(await this.#ask(checks.slice(from, from + ASKED_AT_ONCE))));
    return judged;
  }

  async #ask(checks: readonly Check[]): Promise<Judged[]> {
    const sinceFailure = this.#clock() - this.#failedAt;
    if (sinceFailure >= 0 && sinceFailure < REST_MS) return checks.map(() => refused(INDETERMINATE, this.#clock()));
    const judged = await this.#checker.askAll(this.#caller, checks);
    if (judged.every(({ outcome }) => outcome === INDETERMINATE)) this.#failedAt = this.#clock();
    return judged;
  }
}
