import type { Keyring } from "../bst/keyring.ts";
import { equalBytes } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import { decide, INDETERMINATE, type Freshness, type Opened, type Outcome, type Verdict } from "./decide.ts";
import { Directory, type OperatorRow } from "./directory.ts";
import type { Caller, Gate } from "./gate.ts";
import type { Keeper } from "./keeper.ts";
import type { FirstAnswer, FirstQuestion } from "./feed.ts";
import { answerable, Lease, STALENESS_BOUND_MS } from "./lease.ts";
import { TokenOpener } from "./open.ts";
import type { Question } from "./question.ts";
import { renewalDue, withRenewal } from "./renew.ts";

type Token = Extract<Opened, { ok: true }>;

/** Answers checks: from memory where memory can, else with one call to a Replica. It fails closed. */
export class Checker {
  readonly #opener: TokenOpener;
  readonly #gate: Gate;
  readonly #keeper: Keeper;
  readonly #clock: Clock;
  readonly #newId: () => string;

  constructor(parts: { keyring: Keyring; gate: Gate; keeper: Keeper; clock: Clock; newId: () => string }) {
    this.#opener = new TokenOpener(parts.keyring);
    this.#gate = parts.gate;
    this.#keeper = parts.keeper;
    this.#clock = parts.clock;
    this.#newId = parts.newId;
  }

  /** The answer from memory alone, without waiting; null when memory cannot say. */
  fromMemory(caller: Caller, question: Question): Outcome | null {
    const { view } = this.#keeper;
    const now = this.#clock();
    const stalenessMs = view.staleness(now);
    const may = answerable(stalenessMs);
    if (stalenessMs === null || may === "nothing") return null;
    const holder = this.#gate.admit(caller, view.directory, "checks", 1, now);
    if (!holder.ok) return may === "everything" ? holder : null;
    const { operator } = holder;
    const opened: Opened[] = [];
    const verdicts: Verdict[] = [];
    let known = true;
    for (const text of question.tokens) {
      const token = this.#opener.open(text, operator.id, view.directory);
      const verdict = token.ok ? this.#fromSet(token) : "unknown";
      opened.push(token);
      verdicts.push(verdict);
      if (token.ok && verdict === "unknown") known = false;
    }
    const clearAllowed = may === "everything";
    if (!(known && clearAllowed) && !verdicts.includes("excluded")) return null;
    const freshness = { sequence: view.applied, through: view.lease.through, stalenessMs, clearAllowed };
    return this.#decide(question, operator, opened, verdicts, freshness, view.directory);
  }

  #decide(
    question: Question,
    operator: OperatorRow,
    opened: readonly Opened[],
    verdicts: readonly Verdict[],
    freshness: Freshness,
    directory: Directory,
  ): Outcome {
    const outcome = decide(question, operator, opened, verdicts, freshness, this.#newId());
    return renewalDue(opened) ? withRenewal(outcome, opened, operator.id, directory, this.#opener) : outcome;
  }

  /**
   * The answer when memory could not say: a lease that ran out is renewed by one poll; what memory does not hold is
   * asked. `indeterminate` when no copy answers in time.
   */
  async ask(caller: Caller, question: Question): Promise<Outcome> {
    try {
      const { view } = this.#keeper;
      if (!view.cold && answerable(view.staleness(this.#clock())) !== "everything") {
        await this.#keeper.refresh();
        const answer = this.fromMemory(caller, question);
        if (answer) return answer;
      }
      return await this.#askReplica(caller, question);
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

  async #askReplica(caller: Caller, question: Question): Promise<Outcome> {
    const { view } = this.#keeper;
    const { key } = caller;
    const guessed = question.tokens.map((token) =>
      view.cold ? this.#opener.guess(token, key.operator) : this.#opener.open(token, key.operator, view.directory),
    );
    const sentAt = this.#clock();
    const asked = guessed.flatMap((token) => (token.ok ? [{ epoch: token.epoch, p: token.p }] : []));
    const answer = await this.#keeper.first({ keyHash: key.hash, operator: key.operator, asked });
    return this.#read(caller, question, asked, answer, this.#freshness(answer, sentAt));
  }

  #freshness(answer: FirstAnswer, sentAt: number): Freshness {
    const lease = new Lease();
    const receivedAt = this.#clock();
    lease.renew({ t: answer.t, age: answer.age, sentAt, receivedAt });
    const stalenessMs = lease.staleness(receivedAt) ?? Number.POSITIVE_INFINITY;
    return { sequence: answer.seq, through: lease.through, stalenessMs, clearAllowed: stalenessMs <= STALENESS_BOUND_MS };
  }

  #read(
    caller: Caller,
    question: Question,
    asked: FirstQuestion["asked"],
    answer: FirstAnswer,
    freshness: Freshness,
  ): Outcome {
    if (!freshness.clearAllowed || this.#keeper.view.contradicts(answer)) return INDETERMINATE;
    const directory = new Directory(answer.directory);
    const holder = this.#gate.admit(caller, directory, "checks", 1, this.#clock());
    if (!holder.ok) return holder;
    const { operator } = holder;
    const opened = question.tokens.map((token) => this.#opener.open(token, operator.id, directory));
    const verdicts = opened.map((token) => (token.ok ? verdictOf(token, asked, answer) : "unknown"));
    return this.#decide(question, operator, opened, verdicts, freshness, directory);
  }
}

/** What the Replica said of a token, found again by its pseudonym: a guess the directory does not bear out was not asked. */
function verdictOf({ p }: Token, asked: FirstQuestion["asked"], { excluded }: FirstAnswer): Verdict {
  const said = excluded[asked.findIndex((one) => equalBytes(one.p, p))] ?? null;
  return said === null ? "unknown" : said ? "excluded" : "clear";
}
