import type { Keyring } from "../bst/keyring.ts";
import { Checker } from "../check/checker.ts";
import type { Outcome } from "../check/decide.ts";
import type { PresentedKey } from "../check/directory.ts";
import { type Caller, Gate } from "../check/gate.ts";
import { type Feed, Keeper } from "../check/keeper.ts";
import { Permits } from "../check/permits.ts";
import type { BlobHome } from "../check/published.ts";
import type { Question } from "../check/question.ts";
import { Tally } from "../check/tally.ts";
import { SECOND } from "../kernel/clock.ts";
import type { View } from "../check/view.ts";
import type { ManifestKeys } from "../snapshot/signature.ts";
import type { Node } from "./node.ts";
import { Life, type Schedule } from "./schedule.ts";

export interface IsolateParts {
  node: Node;
  schedule: Schedule;
  feed: Feed;
  homes: readonly BlobHome[];
  view: View;
  keyring: Keyring;
  manifestKeys: ManifestKeys;
  budgetBytes: number;
  newId: () => string;
  report: (what: string, error: unknown) => void;
}

/** The platform ends what runs on after an answer. */
const AFTER_ANSWER_MS = 30_000;

/**
 * One isolate of the edge, as workers/edge/isolate.ts makes it. Each check is a request: what it started, timers and
 * calls, ends with it, and what it left running 30 s after its answer.
 */
export class Isolate {
  readonly node: Node;
  readonly checker: Checker;
  readonly keeper: Keeper;
  readonly #schedule: Schedule;
  readonly #life = new Life();
  #busySince = Number.POSITIVE_INFINITY;
  #checkedAt = Number.NEGATIVE_INFINITY;

  constructor({ schedule, node, keyring, newId, ...parts }: IsolateParts) {
    this.node = node;
    this.#schedule = schedule;
    const clock = node.clock.now;
    this.keeper = new Keeper({ ...parts, clock, wait: schedule.wait });
    // Pace and evidence are no part of what is proven here: nobody is held back, and nothing is sent.
    const gate = new Gate(new Permits({ ask: async () => true, clock, failed: () => undefined }));
    this.checker = new Checker({ keyring, gate, keeper: this.keeper, clock, newId, tally: new Tally(node.name) });
  }

  /** Loses its memory, with every request under way. */
  evict(): void {
    this.#life.end();
  }

  get evicted(): boolean {
    return this.#life.over;
  }

  /** Whether it answered from memory, and was asked at least once a second, from `since` until now. */
  wasBusy(since: number): boolean {
    return this.#busySince < since && this.#schedule.now - this.#checkedAt < SECOND;
  }

  /** Answers one check, as workers/edge/index.ts does. `patience` ms later its caller hangs up. */
  check(key: PresentedKey, question: Question, answered: (outcome: Outcome) => void, failed: (error: unknown) => void, patience = Infinity): void {
    const request = new Life(this.#life);
    this.#schedule.life = request;
    const { now } = this.#schedule;
    if (now - this.#checkedAt > SECOND) this.#busySince = Number.POSITIVE_INFINITY;
    this.#checkedAt = now;
    let waiting = true;
    if (patience < Infinity) this.#schedule.after(patience, this.#life, () => waiting && request.end());
    const answer = (outcome: Outcome): void => {
      waiting = false;
      this.#answer(request, outcome, answered);
    };
    try {
      const caller: Caller = { key, address: null, scope: "checks", checks: 1, chargedTo: null };
      const outcome = this.checker.fromMemory(caller, question);
      if (outcome) this.#busySince = Math.min(this.#busySince, now);
      if (outcome) answer(outcome);
      else this.checker.ask(caller, question).then(answer).catch(failed);
    } catch (error) {
      failed(error);
    }
  }

  #answer(request: Life, outcome: Outcome, answered: (outcome: Outcome) => void): void {
    if (this.keeper.checked()) {
      void this.keeper.keepFresh();
      this.#schedule.after(AFTER_ANSWER_MS, this.#life, () => request.end());
    } else {
      request.end();
    }
    answered(outcome);
  }
}
