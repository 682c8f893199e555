import { toHex } from "../kernel/bytes.ts";
import { HOUR, type Instant, MINUTE } from "../kernel/clock.ts";
import { AnswerIds } from "./answer-ids.ts";
import type { Answer, Opened, Outcome, Verdict } from "./decide.ts";
import type { KeyRow } from "./directory.ts";
import type { EvidenceBatch, FoundAnswer, KeySpent } from "./evidence.ts";
import { type Purpose, PURPOSES } from "./question.ts";

/** What one operator was answered since the last cut, `clear` within one minute only. */
interface Account {
  operator: string;
  /** Of answers `clear`. */
  clear: Record<Purpose, AnswerIds>;
  excluded: FoundAnswer[];
  dropped: number;
  spenders: Spender[];
}

/** What one key asked, and what it was answered by purpose. */
interface Spender {
  keyId: string;
  checks: number;
  clear: Record<Purpose, number>;
  excluded: Record<Purpose, number>;
  account: Account;
}

/** A batch that waits to be sent. Until its roots are computed it holds the ids they commit to, for each row of `clear`. */
interface Waiting {
  batch: EvidenceBatch;
  ids: AnswerIds[];
}

/** What is held, measured in ids, is some 10 MB; answers that found somebody weigh more and are given up last. */
const HELD = 262_144;
const HELD_FOUND = 2 * HELD;
const FOUND_WEIGHS = 8;
/** Batches that wait; from there on only what found somebody is noted, and what each key spent. */
const WAITING = 1_000;
/** Keeps a batch below the 128 kB of a queue's message. */
const FOUND_A_BATCH = 500;

/**
 * What one isolate answered, in plain data, until it is sent. Noting a check costs a look-up and a push; ids become roots
 * off the path. What is too much to hold is dropped and counted. Minutes and hours are by the isolate's clock.
 */
export class Tally {
  readonly #isolate: string;
  readonly #spenders = new Map<KeyRow, Spender>();
  readonly #accounts = new Map<string, Account>();
  /** The newest batch's number, by operator. */
  readonly #numbers = new Map<string, number>();
  #waiting: Waiting[] = [];
  #minute: Instant = 0;
  #held = 0;
  #notedAt: Instant = 0;

  constructor(isolate: string) {
    this.#isolate = isolate;
  }

  /** When the newest check was noted. */
  get notedAt(): Instant {
    return this.#notedAt;
  }

  /** Whether there is something to send. */
  get pending(): boolean {
    return this.#spenders.size > 0 || this.#waiting.length > 0;
  }

  /** Notes one check under a key that holds; it counts for the key, whatever was answered. Of a test person there is no evidence. */
  answered(key: KeyRow, outcome: Outcome, opened: readonly Opened[], verdicts: readonly Verdict[], now: Instant): void {
    this.#notedAt = now;
    const minute = now - (now % MINUTE);
    if (minute !== this.#minute) this.#turnTo(minute);
    const spender = this.#spenders.get(key) ?? this.#begin(key);
    spender.checks++;
    if (!outcome.ok) return;
    const { decision, purpose } = outcome.answer;
    spender[decision][purpose]++;
    if (key.mode === "test") return;
    const { account } = spender;
    if (decision === "excluded") {
      this.#found(account, outcome.answer, opened, verdicts, now);
    } else if (this.#held < HELD) {
      this.#held++;
      account.clear[purpose].add(outcome.answer.answerId);
    } else {
      account.dropped++;
    }
  }

  /** Makes ids into hashes, of which far more can be held. */
  digest(): void {
    for (const ids of [...this.#accounts.values()].flatMap(idsOf)) ids.digest();
    this.#weigh();
  }

  /** Makes batches of what was noted, which then keep their numbers and content however often they are sent. */
  cut(): void {
    if (this.#waiting.length >= WAITING) return;
    for (const account of this.#accounts.values()) this.#enqueue(account);
    this.#accounts.clear();
    this.#spenders.clear();
    this.#weigh();
  }

  /** Every batch that waits, oldest first, its roots computed. */
  batches(): EvidenceBatch[] {
    this.#waiting.forEach(seal);
    this.#weigh();
    return this.#waiting.map(({ batch }) => batch);
  }

  /** These were sent and need not be held any longer. */
  sent(batches: readonly EvidenceBatch[]): void {
    const gone = new Set(batches);
    this.#waiting = this.#waiting.filter(({ batch }) => !gone.has(batch));
    this.#weigh();
  }

  #begin(key: KeyRow): Spender {
    const { operator } = key;
    const account = this.#accounts.get(operator) ?? newAccount(operator);
    const spender = { keyId: key.id, checks: 0, clear: none(), excluded: none(), account };
    account.spenders.push(spender);
    this.#accounts.set(operator, account);
    this.#spenders.set(key, spender);
    return spender;
  }

  /** Each pseudonym that was found goes to its own person, all under the one answer. */
  #found(account: Account, { answerId, purpose }: Answer, opened: readonly Opened[], verdicts: readonly Verdict[], now: Instant): void {
    if (this.#held >= HELD_FOUND) {
      account.dropped++;
      return;
    }
    const hour = now - (now % HOUR);
    opened.forEach((token, at) => {
      if (!token.ok || verdicts[at] !== "excluded") return;
      this.#held += FOUND_WEIGHS;
      account.excluded.push({ answerId, purpose, hour, p: toHex(token.p), rootEpoch: token.rootEpoch });
    });
  }

  #turnTo(minute: Instant): void {
    this.cut();
    this.#minute = minute;
  }

  #enqueue({ operator, clear, excluded, dropped, spenders }: Account): void {
    const purposes = PURPOSES.filter((purpose) => clear[purpose].count > 0);
    const counts = purposes.map((purpose) => ({ minute: this.#minute, purpose, count: clear[purpose].count, root: "" }));
    const rest = { dropped, clear: counts, spent: spentBy(spenders) };
    const [found = [], ...more] = inBatches(excluded);
    this.#waiting.push({ batch: { ...this.#name(operator), ...rest, excluded: found }, ids: purposes.map((purpose) => clear[purpose]) });
    for (const found of more) {
      this.#waiting.push({ batch: { ...this.#name(operator), dropped: 0, clear: [], spent: [], excluded: found }, ids: [] });
    }
  }

  #name(operator: string): Pick<EvidenceBatch, "operator" | "isolate" | "batch"> {
    const batch = (this.#numbers.get(operator) ?? 0) + 1;
    this.#numbers.set(operator, batch);
    return { operator, isolate: this.#isolate, batch };
  }

  #weigh(): void {
    const waiting = this.#waiting.reduce((sum, one) => sum + weightOf(one), 0);
    const noted = [...this.#accounts.values()].reduce((sum, account) => sum + heldIn(idsOf(account)) + FOUND_WEIGHS * account.excluded.length, 0);
    this.#held = Math.max(waiting + noted, this.#waiting.length >= WAITING ? HELD : 0);
  }
}

const byPurpose = <Value>(value: (purpose: Purpose) => Value): Record<Purpose, Value> =>
  Object.fromEntries(PURPOSES.map((purpose) => [purpose, value(purpose)])) as Record<Purpose, Value>;

const none = (): Record<Purpose, number> => byPurpose(() => 0);

const newAccount = (operator: string): Account => ({
  operator,
  clear: byPurpose(() => new AnswerIds()),
  excluded: [],
  dropped: 0,
  spenders: [],
});

const idsOf = ({ clear }: Account): AnswerIds[] => Object.values(clear);

const heldIn = (ids: readonly AnswerIds[]): number => ids.reduce((sum, { held }) => sum + held, 0);

const weightOf = ({ batch, ids }: Waiting): number => heldIn(ids) + batch.clear.length + FOUND_WEIGHS * batch.excluded.length;

/** Everything one answer found stays in one batch, or it would be counted as two. */
function inBatches(found: readonly FoundAnswer[]): FoundAnswer[][] {
  const parts: FoundAnswer[][] = [];
  for (const [at, one] of found.entries()) {
    const full = (parts.at(-1)?.length ?? FOUND_A_BATCH) >= FOUND_A_BATCH;
    if (full && one.answerId !== found[at - 1]?.answerId) parts.push([]);
    parts.at(-1)!.push(one);
  }
  return parts;
}

/** By key: a directory that began anew has other rows for the same keys. */
function spentBy(spenders: readonly Spender[]): EvidenceBatch["spent"] {
  const byKey = Map.groupBy(spenders, ({ keyId }) => keyId);
  return [...byKey].map(([keyId, all]) => ({
    keyId, checks: total(all, ({ checks }) => checks), clear: counted(all, "clear"), excluded: counted(all, "excluded"),
  }));
}

const total = (spenders: readonly Spender[], of: (spender: Spender) => number): number => spenders.reduce((sum, one) => sum + of(one), 0);

/** The purposes that were answered so, and how often. */
function counted(spenders: readonly Spender[], decision: Answer["decision"]): KeySpent["clear"] {
  const counts = PURPOSES.map((purpose) => [purpose, total(spenders, (one) => one[decision][purpose])] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

/** Computes the roots and lets go of the ids. */
function seal(waiting: Waiting): void {
  waiting.ids.forEach((ids, at) => {
    waiting.batch.clear[at]!.root = ids.root();
  });
  waiting.ids = [];
}
