import type { Keyring } from "../bst/keyring.ts";
import { toHex } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import { aged, decide, type Freshness, type Opened, type Outcome, type Verdict } from "./decide.ts";
import { Directory, type OperatorRow, type PresentedKey } from "./directory.ts";
import type { Keeper } from "./keeper.ts";
import type { FirstAnswer, FirstQuestion } from "./feed.ts";
import { answerable, Lease, STALENESS_BOUND_MS } from "./lease.ts";
import { TokenOpener } from "./open.ts";
import type { Question } from "./question.ts";
import { INDETERMINATE, type Refusal } from "./refusal.ts";
import type { Tally } from "./tally.ts";

type Token = Extract<Opened, { ok: true }>;

/** A check of many, and the id its answer will have. */
export interface Check {
  question: Question;
  answerId: string;
}

/** Who asks, and what is known of how current the answer will be. */
type Standing = { ok: true; operator: OperatorRow; directory: Directory; freshness: Freshness } | Refusal;

const UNAUTHENTICATED: Refusal = { ok: false, problem: "unauthenticated" };

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
  fromMemory(key: PresentedKey, question: Question, answerId?: string): Outcome | null {
    const standing = this.#standing(key);
    if (!standing?.ok) return standing;
    const opened: Opened[] = [];
    const verdicts: Verdict[] = [];
    let known = true;
    for (const text of question.tokens) {
      const token = this.#opener.open(text, key.operator, standing.directory);
      const verdict = token.ok ? this.#fromSet(token) : "unknown";
      opened.push(token);
      verdicts.push(verdict);
      if (token.ok && verdict === "unknown") known = false;
    }
    const { operator, freshness } = standing;
    if (!(known && freshness.clearAllowed) && !verdicts.includes("excluded")) return null;
    const outcome = decide(question, operator, opened, verdicts, freshness, answerId ?? this.#newId());
    this.#tally.answered(standing.directory.key(key)!, outcome, opened, verdicts, this.#clock());
    return outcome;
  }

  /**
   * The answer when memory could not say: a lease that ran out is renewed by one poll; what memory does not hold is
   * asked. `indeterminate` when no copy answers in time.
   */
  async ask(key: PresentedKey, question: Question): Promise<Outcome> {
    const [outcome] = await this.askAll(key, [{ question, answerId: this.#newId() }]);
    return outcome!;
  }

  /** The same for several checks, in their order: one poll and one call to a Replica at most. */
  async askAll(key: PresentedKey, checks: readonly Check[]): Promise<Outcome[]> {
    try {
      const renewed = await this.#renew();
      const decidedAt = this.#clock();
      const known = checks.map(({ question, answerId }) => renewed ? this.fromMemory(key, question, answerId) : null);
      const missing = checks.filter((_, at) => known[at] === null);
      const said = missing.length > 0 ? await this.#askReplica(key, missing) : [];
      const elapsed = this.#clock() - decidedAt;
      return known.map((outcome) => (outcome ? aged(outcome, elapsed) : said.shift()!));
    } catch (error) {
      this.#keeper.report("check", error);
      return checks.map(() => INDETERMINATE);
    }
  }

  /** Why the key may not ask now; null when it may. For a request whose answer begins before all of it is read. */
  async refusal(key: PresentedKey): Promise<Refusal | null> {
    try {
      const known = this.#standing(key) ?? ((await this.#renew()) ? this.#standing(key) : null);
      const standing = known ?? (await this.#first(key, [])).standing;
      return standing.ok ? null : standing;
    } catch (error) {
      this.#keeper.report("key", error);
      return INDETERMINATE;
    }
  }

  /** Polls once when the lease ran out; whether it did. */
  async #renew(): Promise<boolean> {
    const { view } = this.#keeper;
    if (view.cold || answerable(view.staleness(this.#clock())) === "everything") return false;
    await this.#keeper.refresh();
    return true;
  }

  /** What memory knows of the key; null when it cannot say. Every key of a warm isolate is judged here. */
  #standing(key: PresentedKey): Standing | null {
    const { view } = this.#keeper;
    const stalenessMs = view.staleness(this.#clock());
    const may = answerable(stalenessMs);
    if (stalenessMs === null || may === "nothing") return null;
    const { directory, applied, lease } = view;
    const clearAllowed = may === "everything";
    const operator = directory.holder(key);
    if (!operator) return clearAllowed ? UNAUTHENTICATED : null;
    return { ok: true, operator, directory, freshness: { sequence: applied, through: lease.through, stalenessMs, clearAllowed } };
  }

  #fromSet({ rootEpoch, p }: Token): Verdict {
    const has = this.#keeper.view.set(rootEpoch).has(p);
    if (has === null) this.#keeper.want(rootEpoch, p);
    return has === null ? "unknown" : has ? "excluded" : "clear";
  }

  async #askReplica(key: PresentedKey, checks: readonly Check[]): Promise<Outcome[]> {
    const { view } = this.#keeper;
    const guessed = checks.flatMap(({ question }) => question.tokens).map((token) =>
      view.cold ? this.#opener.guess(token, key.operator) : this.#opener.open(token, key.operator, view.directory),
    );
    const asked = guessed.flatMap((token) => (token.ok ? [{ epoch: token.epoch, p: token.p }] : []));
    const { standing, excluded } = await this.#first(key, asked);
    if (!standing.ok) return checks.map(() => standing);
    const said = new Map(asked.map(({ p }, at) => [toHex(p), excluded[at]!]));
    return checks.map(({ question, answerId }) => {
      const opened = question.tokens.map((token) => this.#opener.open(token, key.operator, standing.directory));
      const verdicts = opened.map((token) => (token.ok ? verdictOf(token, said) : "unknown"));
      const outcome = decide(question, standing.operator, opened, verdicts, standing.freshness, answerId);
      this.#tally.answered(standing.directory.key(key)!, outcome, opened, verdicts, this.#clock());
      return outcome;
    });
  }

  async #first(key: PresentedKey, asked: FirstQuestion["asked"]): Promise<{ standing: Standing; excluded: FirstAnswer["excluded"] }> {
    const sentAt = this.#clock();
    const answer = await this.#keeper.first({ keyHash: key.hash, operator: key.operator, asked });
    return { standing: this.#standingBy(answer, key, this.#freshness(answer, sentAt)), excluded: answer.excluded };
  }

  /** What a Replica's answer says of the key. Every key that memory could not judge is judged here. */
  #standingBy(answer: FirstAnswer, key: PresentedKey, freshness: Freshness): Standing {
    if (!freshness.clearAllowed || this.#keeper.view.contradicts(answer)) return INDETERMINATE;
    const directory = new Directory(answer.directory);
    const operator = directory.holder(key);
    return operator ? { ok: true, operator, directory, freshness } : UNAUTHENTICATED;
  }

  #freshness(answer: FirstAnswer, sentAt: number): Freshness {
    const lease = new Lease();
    const receivedAt = this.#clock();
    lease.renew({ t: answer.t, age: answer.age, sentAt, receivedAt });
    const stalenessMs = lease.staleness(receivedAt) ?? Number.POSITIVE_INFINITY;
    return { sequence: answer.seq, through: lease.through, stalenessMs, clearAllowed: stalenessMs <= STALENESS_BOUND_MS };
  }
}

/** What the Replica said of a token, found again by its pseudonym: a guess the directory does not bear out was not asked. */
function verdictOf({ p }: Token, said: ReadonlyMap<string, boolean | null>): Verdict {
  const excluded = said.get(toHex(p)) ?? null;
  return excluded === null ? "unknown" : excluded ? "excluded" : "clear";
}
