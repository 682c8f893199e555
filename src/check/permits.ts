import { type Clock, type Instant, SECOND } from "../kernel/clock.ts";
import { TokenBucket } from "../kernel/token-bucket.ts";

/**
 * What a data centre counts for all its isolates: 100 blocks a key in each window of 10 s. A block is a hundredth of
 * what the key may ask in a window, so that the same binding keeps every key's pace.
 */
const WINDOW_MS = 10 * SECOND;
export const BLOCK_MS = WINDOW_MS / 100;

export interface PermitParts {
  /** Asks the data centre for one more block; false when the window's are used up. Has a deadline of `BLOCK_MS`, and throws. */
  ask: (keyId: string) => Promise<boolean>;
  clock: Clock;
  /** Told when a question had no answer. */
  failed: (error: unknown) => void;
}

/** What one key has spent here. */
interface Account {
  keyId: string;
  bucket: TokenBucket;
  /** Checks let through that no block was asked for yet; below 0, what is left of the last one. */
  owed: number;
  askedAt: Instant;
  /** Not asked again for so long: a question is under way, or was just refused. */
  restMs: number;
}

/**
 * Keeps keys to their pace without waiting. One isolate keeps it by a bucket of its own; the isolates of a data centre
 * keep it together by asking for blocks, beside the requests and after the spending, so that up to one block is on
 * credit. Beyond a key's pace goes at most that: a tenth of a second's worth an isolate and window, and one batch.
 * Limits protect no person: while blocks cannot be asked for, each isolate keeps the pace alone.
 */
export class Permits {
  readonly #parts: PermitParts;
  readonly #accounts = new Map<string, Account>();
  readonly #due = new Set<Account>();

  constructor(parts: PermitParts) {
    this.#parts = parts;
  }

  /** Spends `checks` at a pace of `perSecond`. 0 when they may go through, else the ms to wait. */
  spend(keyId: string, perSecond: number, checks: number, now: Instant): number {
    const account = this.#accounts.get(keyId) ?? this.#open(keyId, perSecond);
    account.bucket.perSecond = perSecond;
    const sinceAsked = now - account.askedAt;
    // Nobody asked for a window, or the clock was set back: what was owed belongs to another window.
    const afresh = sinceAsked >= WINDOW_MS || sinceAsked < 0;
    if (afresh && account.owed > 0) account.owed = 0;
    const wait = this.#wait(account, checks, now);
    if (wait === 0) account.owed += checks;
    if (account.owed > 0 && (afresh || sinceAsked >= account.restMs)) this.#due.add(account);
    return wait;
  }

  #wait({ bucket, owed }: Account, checks: number, now: Instant): number {
    const paid = owed < blockOf(bucket);
    // Who asks while no block is to be had uses up the pace all the same, or a burst would follow and use up the next ones.
    if (!bucket.take(now, paid ? checks : 1)) return Math.max(1, bucket.wait);
    return paid ? 0 : SECOND;
  }

  #open(keyId: string, perSecond: number): Account {
    const account = { keyId, bucket: new TokenBucket(perSecond), owed: 0, askedAt: Number.NEGATIVE_INFINITY, restMs: 0 };
    this.#accounts.set(keyId, account);
    return account;
  }

  /** Whether blocks have to be asked for, so that `pay` has to be run beside this request. */
  get due(): boolean {
    return this.#due.size > 0;
  }

  /** Asks for the blocks that are due. */
  async pay(): Promise<void> {
    const accounts = [...this.#due];
    this.#due.clear();
    await Promise.all(accounts.map((account) => this.#pay(account)));
  }

  /** A question that was lost with its request keeps nobody from asking after a window. */
  async #pay(account: Account): Promise<void> {
    account.restMs = WINDOW_MS;
    do account.askedAt = this.#parts.clock();
    while ((await this.#granted(account)) && account.owed > 0);
    account.restMs = account.owed > 0 ? BLOCK_MS : 0;
  }

  /** Asks for one block. A question that fails counts as a window's blocks: it is asked again after those. */
  async #granted(account: Account): Promise<boolean> {
    try {
      const granted = await this.#parts.ask(account.keyId);
      if (granted) account.owed -= blockOf(account.bucket);
      return granted;
    } catch (error) {
      this.#parts.failed(error);
      account.owed -= blockOf(account.bucket) * (WINDOW_MS / BLOCK_MS);
      return true;
    }
  }
}

const blockOf = ({ perSecond }: TokenBucket): number => (perSecond * BLOCK_MS) / SECOND;
