import type { Keyring } from "../bst/keyring.ts";
import { equalBytes } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import { decide, INDETERMINATE, type Freshness, type Opened, type Outcome, type Verdict } from "./decide.ts";
import { Directory, type PresentedKey } from "./directory.ts";
import type { Keeper } from "./keeper.ts";
import type { FirstAnswer, FirstQuestion } from "./feed.ts";
import { answerable, Lease, STALENESS_BOUND_MS } from "./lease.ts";
import { TokenOpener } from "./open.ts";
import type { Question } from "./question.ts";
import type { Tally } from "./tally.ts";

type Token = Extract<Opened, { ok: true }>;

const UNAUTHENTICATED: Outcome = { ok: false, problem: "unauthenticated" };

/** Answers checks, and notes them: from memory where memory can, else with one call to a Replica. It fails closed. */
export class Checker {
  readonly #opener: TokenOpener;
  readonly #keeper: Keeper;
  readonly #clock: Clock;
  readonly #newId: () => string;
  readonly #tally: Tally;

  constructor(parts: { keyring: Keyring; keeper: Keeper; clock: Clock; newId: () => string; tally: Tally }) {
    this.#opener = new TokenOpener(parts.keyring);
    this.#keeper = parts.keeper;
    this.#clock = parts.clock;
    this.#newId = parts.newId;
    this.#tally = parts.tally;
  }

  /** The answer from memory alone, without waiting; null when memory cannot say. */
  fromMemory(key: PresentedKey, question: Question): Outcome | null {
    const { view } = this.#keeper;
    const now = this.#clock();
    const stalenessMs = view.staleness(now);
    const may = answerable(stalenessMs);
    if (stalenessMs === null || may === "nothing") return null;
    const operator = view.directory.holder(key);
    if (!operator) return may === "everything" ? UNAUTHENTICATED : null;
    const opened: Opened[] = [];
    const verdicts: Verdict[] = [];
    let known = true;
    for (const text of question.tokens) {
      const token = this.#opener.open(text, key.operator, view.directory);
      const verdict = token.ok ? this.#fromSet(token) : "unknown";
      opened.push(token);
      verdicts.push(verdict);
      if (token.ok && verdict === "unknown") known = false;
    }
    const clearAllowed = may === "everything";
    if (!(known && clearAllowed) && !verdicts.includes("excluded")) return null;
    const freshness = { sequence: view.applied, through: view.lease.through, stalenessMs, clearAllowed };
    const outcome = decide(question, operator, opened, verdicts, freshness, this.#newId());
    this.#tally.answered(view.directory.key(key)!, outcome, opened, verdicts, now);
    return outcome;
  }

  /**
   * The answer when memory could not say: a lease that ran out is renewed by one poll; what memory does not hold is
   * asked. `indeterminate` when no copy answers in time.
   */
  async ask(key: PresentedKey, question: Question): Promise<Outcome> {
    try {
      const { view } = this.#keeper;
      if (!view.cold && answerable(view.staleness(this.#clock())) !== "everything") {
        await this.#keeper.refresh();
        const answer = this.fromMemory(key, question);
        if (answer) return answer;
      }
      return await this.#askReplica(key, question);
    } catch (error) {
      this.#keeper.report("check", error);
      return INDETERMINATE;
    }
  }

  #fromSet({ rootEpoch, p }: Token): Verdict {
    const has = this.#keeper.view.set(rootEpoch).has(p);
    if (has === null) this.#keeper.want(rootEpoch, p);
    return has === null ? "unknown" : has ? "excluded" : "clear";
  }

  async #askReplica(key: PresentedKey, question: Question): Promise<Outcome> {
    const { view } = this.#keeper;
    const guessed = question.tokens.map((token) =>
      view.cold ? this.#opener.guess(token, key.operator) : this.#opener.open(token, key.operator, view.directory),
    );
    const sentAt = this.#clock();
    const asked = guessed.flatMap((token) => (token.ok ? [{ epoch: token.epoch, p: token.p }] : []));
    const answer = await this.#keeper.first({ keyHash: key.hash, operator: key.operator, asked });
    return this.#read(key, question, asked, answer, this.#freshness(answer, sentAt));
  }

  #freshness(answer: FirstAnswer, sentAt: number): Freshness {
    const lease = new Lease();
    const receivedAt = this.#clock();
    lease.renew({ t: answer.t, age: answer.age, sentAt, receivedAt });
    const stalenessMs = lease.staleness(receivedAt) ?? Number.POSITIVE_INFINITY;
    return { sequence: answer.seq, through: lease.through, stalenessMs, clearAllowed: stalenessMs <= STALENESS_BOUND_MS };
  }

  #read(
    key: PresentedKey,
    question: Question,
    asked: FirstQuestion["asked"],
    answer: FirstAnswer,
    freshness: Freshness,
  ): Outcome {
    if (!freshness.clearAllowed || this.#keeper.view.contradicts(answer)) return INDETERMINATE;
    const directory = new Directory(answer.directory);
    const operator = directory.holder(key);
    if (!operator) return UNAUTHENTICATED;
    const opened = question.tokens.map((token) => this.#opener.open(token, key.operator, directory));
    const verdicts = opened.map((token) => (token.ok ? verdictOf(token, asked, answer) : "unknown"));
    const outcome = decide(question, operator, opened, verdicts, freshness, this.#newId());
    this.#tally.answered(directory.key(key)!, outcome, opened, verdicts, this.#clock());
    return outcome;
  }
}

/** What the Replica said of a token, found again by its pseudonym: a guess the directory does not bear out was not asked. */
function verdictOf({ p }: Token, asked: FirstQuestion["asked"], { excluded }: FirstAnswer): Verdict {
  const said = excluded[asked.findIndex((one) => equalBytes(one.p, p))] ?? null;
  return said === null ? "unknown" : said ? "excluded" : "clear";
}
