import type { Keyring } from "../bst/keyring.ts";
import { toHex } from "../kernel/bytes.ts";
import type { Clock, Instant } from "../kernel/clock.ts";
import { aged, decide, type Freshness, type Opened, type Outcome, type Verdict } from "./decide.ts";
import { Directory, type Holder, type KeyRow } from "./directory.ts";
import type { FirstAnswer, FirstQuestion } from "./feed.ts";
import type { Caller, Gate } from "./gate.ts";
import type { Keeper } from "./keeper.ts";
import { answerable, Lease, STALENESS_BOUND_MS } from "./lease.ts";
import { TokenOpener } from "./open.ts";
import type { Question } from "./question.ts";
import { INDETERMINATE, type Refusal } from "./refusal.ts";
import { renewalDue, withRenewal } from "./renew.ts";
import { Sandbox } from "./sandbox.ts";
import type { Tally } from "./tally.ts";

type Token = Extract<Opened, { ok: true }>;

/** A check of many, and the id its answer will have. */
export interface Check {
  question: Question;
  answerId: string;
}

/** What a check comes to, until it is given: only then it is known how old it is by then, and noted. */
export interface Judged {
  outcome: Outcome;
  /** Null for a caller that was not let in. */
  key: KeyRow | null;
  opened: readonly Opened[];
  verdicts: readonly Verdict[];
  /** When it was judged. */
  at: Instant;
}

/** A caller that was let in, and what is known of how current the answer will be. */
interface Admitted {
  ok: true;
  holder: Holder;
  directory: Directory;
  freshness: Freshness;
  at: Instant;
}

/** Answers checks, and notes them: from memory where memory can, else with one call to a Replica. It fails closed. */
export class Checker {
  readonly #opener: TokenOpener;
  readonly #sandbox: Sandbox;
  readonly #gate: Gate;
  readonly #keeper: Keeper;
  readonly #clock: Clock;
  readonly #newId: () => string;
  readonly #tally: Tally;

  constructor(parts: { keyring: Keyring; gate: Gate; keeper: Keeper; clock: Clock; newId: () => string; tally: Tally }) {
    this.#opener = new TokenOpener(parts.keyring);
    this.#sandbox = new Sandbox(parts.keyring);
    this.#gate = parts.gate;
    this.#keeper = parts.keeper;
    this.#clock = parts.clock;
    this.#newId = parts.newId;
    this.#tally = parts.tally;
  }

  /** The answer from memory alone, without waiting; null when memory cannot say. */
  fromMemory(caller: Caller, question: Question): Outcome | null {
    const judged = this.judge(caller, question);
    return judged && this.give(judged, 0);
  }

  /** The same, to be given later. */
  judge(caller: Caller, question: Question, answerId?: string): Judged | null {
    const admitted = this.#admit(caller);
    if (!admitted?.ok) return admitted && refused(admitted, this.#clock());
    const { directory, freshness, holder } = admitted;
    if (holder.key.mode === "test") return this.#judgeTest(admitted, question, answerId ?? this.#newId());
    const opened: Opened[] = [];
    const verdicts: Verdict[] = [];
    let known = true;
    for (const text of question.tokens) {
      const token = this.#opener.open(text, caller.key.operator, directory);
      const verdict = token.ok ? this.#fromSet(token) : "unknown";
      opened.push(token);
      verdicts.push(verdict);
      if (token.ok && verdict === "unknown") known = false;
    }
    if (!(known && freshness.clearAllowed) && !verdicts.includes("excluded")) return null;
    return this.#decide(admitted, question, opened, verdicts, answerId ?? this.#newId());
  }

  /** A check under a test key, whether memory is warm or a Replica was asked: it needs to know no more than who calls. */
  #judgeTest({ holder, directory, freshness, at }: Admitted, question: Question, answerId: string): Judged | null {
    const outcome = this.#sandbox.answer(holder, question, directory, freshness, answerId);
    return outcome && { outcome, key: holder.key, opened: [], verdicts: [], at };
  }

  /** The outcome as it is `elapsed` ms after it was judged, and notes that it was given. */
  give({ outcome, key, opened, verdicts, at }: Judged, elapsed: number): Outcome {
    const given = aged(outcome, elapsed);
    if (key) this.#tally.answered(key, given, opened, verdicts, at);
    return given;
  }

  #decide(
    { holder, directory, freshness, at }: Admitted,
    question: Question,
    opened: readonly Opened[],
    verdicts: readonly Verdict[],
    answerId: string,
  ): Judged {
    const { operator, key } = holder;
    const decided = decide(question, operator, opened, verdicts, freshness, answerId);
    const outcome = renewalDue(opened) ? withRenewal(decided, opened, operator.id, directory, this.#opener) : decided;
    return { outcome, key, opened, verdicts, at };
  }

  /**
   * The answer when memory could not say: a lease that ran out is renewed by one poll; what memory does not hold is
   * asked. `indeterminate` when no copy answers in time.
   */
  async ask(caller: Caller, question: Question): Promise<Outcome> {
    const [judged] = await this.askAll(caller, [{ question, answerId: this.#newId() }]);
    return this.give(judged!, this.#clock() - judged!.at);
  }

  /** The same for several checks, in their order and to be given later: one poll and one call to a Replica at most. */
  async askAll(caller: Caller, checks: readonly Check[]): Promise<Judged[]> {
    try {
      const renewed = await this.#renew();
      const known = checks.map(({ question, answerId }) => (renewed ? this.judge(caller, question, answerId) : null));
      const missing = checks.filter((_, at) => known[at] === null);
      const said = missing.length > 0 ? await this.#askReplica(caller, missing) : [];
      return known.map((judged) => judged ?? said.shift()!);
    } catch (error) {
      this.#keeper.report("check", error);
      return checks.map(() => refused(INDETERMINATE, this.#clock()));
    }
  }

  /** Why the caller may not ask now; null when it may. For a request whose answer begins before all of it is read. */
  async refusal(caller: Caller): Promise<Refusal | null> {
    try {
      const known = this.#admit(caller) ?? ((await this.#renew()) ? this.#admit(caller) : null);
      const admitted = known ?? (await this.#first(caller, [])).admitted;
      return admitted.ok ? null : admitted;
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

  /** Lets the caller in by what memory knows; null when that cannot say. Every caller of a warm isolate comes by here. */
  #admit(caller: Caller): Admitted | Refusal | null {
    const { view } = this.#keeper;
    const now = this.#clock();
    const stalenessMs = view.staleness(now);
    const may = answerable(stalenessMs);
    if (stalenessMs === null || may === "nothing") return null;
    const { directory, applied, lease } = view;
    const clearAllowed = may === "everything";
    const holder = this.#gate.admit(caller, directory, now);
    if (!holder.ok) return clearAllowed ? holder : null;
    return { ok: true, holder, directory, freshness: { sequence: applied, through: lease.through, stalenessMs, clearAllowed }, at: now };
  }

  #fromSet({ rootEpoch, p }: Token): Verdict {
    const has = this.#keeper.view.set(rootEpoch).has(p);
    if (has === null) this.#keeper.want(rootEpoch, p);
    return has === null ? "unknown" : has ? "excluded" : "clear";
  }

  async #askReplica(caller: Caller, checks: readonly Check[]): Promise<Judged[]> {
    if (caller.key.mode === "test") return this.#askForTests(caller, checks);
    const { view } = this.#keeper;
    const { operator } = caller.key;
    const guessed = checks.flatMap(({ question }) => question.tokens).map((token) =>
      view.cold ? this.#opener.guess(token, operator) : this.#opener.open(token, operator, view.directory),
    );
    const asked = guessed.flatMap((token) => (token.ok ? [{ epoch: token.epoch, p: token.p }] : []));
    const { admitted, excluded } = await this.#first(caller, asked);
    if (!admitted.ok) return checks.map(() => refused(admitted, this.#clock()));
    const said = new Map(asked.map(({ p }, at) => [toHex(p), excluded[at]!]));
    return checks.map(({ question, answerId }) => {
      const opened = question.tokens.map((token) => this.#opener.open(token, operator, admitted.directory));
      const verdicts = opened.map((token) => (token.ok ? verdictOf(token, said) : "unknown"));
      return this.#decide(admitted, question, opened, verdicts, answerId);
    });
  }

  /** Asks about nobody: what a Replica says of the key and of how current it is suffices. */
  async #askForTests(caller: Caller, checks: readonly Check[]): Promise<Judged[]> {
    const { admitted } = await this.#first(caller, []);
    return checks.map(({ question, answerId }) => {
      const judged = admitted.ok ? this.#judgeTest(admitted, question, answerId) : refused(admitted, this.#clock());
      return judged ?? refused(INDETERMINATE, this.#clock());
    });
  }

  async #first(caller: Caller, asked: FirstQuestion["asked"]): Promise<{ admitted: Admitted | Refusal; excluded: FirstAnswer["excluded"] }> {
    const { hash, operator } = caller.key;
    const sentAt = this.#clock();
    const answer = await this.#keeper.first({ keyHash: hash, operator, asked });
    return { admitted: this.#admitBy(answer, caller, this.#freshness(answer, sentAt)), excluded: answer.excluded };
  }

  /** Lets the caller in by a Replica's answer. Every caller that memory could not judge comes by here. */
  #admitBy(answer: FirstAnswer, caller: Caller, freshness: Freshness): Admitted | Refusal {
    if (!freshness.clearAllowed || this.#keeper.view.contradicts(answer)) return INDETERMINATE;
    const directory = new Directory(answer.directory);
    const at = this.#clock();
    const holder = this.#gate.admit(caller, directory, at);
    return holder.ok ? { ok: true, holder, directory, freshness, at } : holder;
  }

  #freshness(answer: FirstAnswer, sentAt: number): Freshness {
    const lease = new Lease();
    const receivedAt = this.#clock();
    lease.renew({ t: answer.t, age: answer.age, sentAt, receivedAt });
    const stalenessMs = lease.staleness(receivedAt) ?? Number.POSITIVE_INFINITY;
    return { sequence: answer.seq, through: lease.through, stalenessMs, clearAllowed: stalenessMs <= STALENESS_BOUND_MS };
  }
}

/** A refusal that is nobody's evidence. */
export const refused = (outcome: Refusal, at: Instant): Judged => ({ outcome, key: null, opened: [], verdicts: [], at });

/** What the Replica said of a token, found again by its pseudonym: a guess the directory does not bear out was not asked. */
function verdictOf({ p }: Token, said: ReadonlyMap<string, boolean | null>): Verdict {
  const excluded = said.get(toHex(p)) ?? null;
  return excluded === null ? "unknown" : excluded ? "excluded" : "clear";
}
