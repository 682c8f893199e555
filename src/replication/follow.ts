import type { Pseudonym } from "../bst/kinds.ts";
import type { Change, CopyPage, RegisterPoll } from "../check/feed.ts";
import { Lease } from "../check/lease.ts";
import type { Clock, Instant } from "../kernel/clock.ts";
import type { ObjectDatabase } from "../objects/database.ts";
import { applyRows, forget, goOnFrom, markWentBack, readPosition, takePage } from "./store.ts";

/** The copy is asked again when its own last poll is older than this. */
const POLL_AFTER_MS = 250;
/** Below this age a copy answers at once and polls beside the answer; above it, the answer waits for the poll. */
const WAIT_AFTER_MS = 1_000;
const MAX_PAGES = 1_000;

export interface Source {
  /** Register's poll by a copy of `logId` up to row `after` of time `t`; has a deadline and throws when it passes. */
  poll(after: number, logId: string | null, t: Instant | null): Promise<RegisterPoll>;
  /** Register's whole set, a page after `after`. */
  copy(after: Pseudonym | null): Promise<CopyPage>;
}

export interface FollowerParts {
  database: ObjectDatabase;
  source: Source;
  clock: Clock;
  report: (what: string, error: unknown) => void;
}

/** What a Replica needs of whoever follows the log for it. */
export type Following = Pick<Follower, "current" | "push">;

/**
 * Follows Register's log. The rows are in the object's database; how current they are is in memory only, so that a
 * Replica just constructed says nothing until it has asked.
 */
export class Follower {
  readonly #database: ObjectDatabase;
  readonly #source: Source;
  readonly #clock: Clock;
  readonly #report: (what: string, error: unknown) => void;
  #lease = new Lease();
  #polling: Promise<void> | null = null;

  constructor(parts: FollowerParts) {
    this.#database = parts.database;
    this.#source = parts.source;
    this.#clock = parts.clock;
    this.#report = parts.report;
  }

  /**
   * How old the copy is now, in ms since it sent the poll that made it complete, and Register's time then.
   * Throws when the copy cannot be vouched for.
   */
  async current(): Promise<{ age: number; t: number }> {
    if (this.#age() > POLL_AFTER_MS) {
      const polled = this.#poll();
      if (this.#age() > WAIT_AFTER_MS) await polled;
      else polled.catch((error: unknown) => this.#report("poll", error));
    }
    const age = this.#age();
    if (this.#wentBack() || age === Number.POSITIVE_INFINITY) throw new Error("this copy cannot be vouched for");
    return { age, t: this.#lease.t! };
  }

  /**
   * Takes rows pushed by Register when they follow on ours, whose last one they or `since` give the time of; never makes
   * the copy any fresher.
   */
  push(logId: string, rows: readonly Change[], since: Instant | null = null): void {
    const at = readPosition(this.#database);
    if (at?.logId !== logId || at.wentBack) return;
    const t = rows[0]?.seq === at.seq + 1 ? since : rows.find(({ seq }) => seq === at.seq)?.t;
    if (t && at.t && t !== at.t) markWentBack(this.#database);
    else applyRows(this.#database, logId, rows);
  }

  #wentBack(): boolean {
    return readPosition(this.#database)?.wentBack ?? false;
  }

  /** Time since the lease's poll was sent; infinite while there is none or a clock is doubted. */
  #age(): number {
    const now = this.#clock();
    return this.#lease.staleness(now) === null ? Number.POSITIVE_INFINITY : now - this.#lease.sentAt!;
  }

  #poll(): Promise<void> {
    this.#polling ??= this.#pollAll().finally(() => {
      this.#polling = null;
    });
    return this.#polling;
  }

  async #pollAll(): Promise<void> {
    for (let page = 0; page < MAX_PAGES; page++) {
      const sentAt = this.#clock();
      const at = readPosition(this.#database);
      const poll = await this.#source.poll(at?.seq ?? 0, at?.logId ?? null, at?.t || null);
      this.#refuseLoss(poll);
      if ((readPosition(this.#database)?.seq ?? 0) + 1 < poll.from) await this.#copyAll();
      else if (this.#take(poll, { sentAt, receivedAt: this.#clock() })) return;
    }
    throw new Error("Register's log has no end");
  }

  /** Begins anew from the whole set, because rows this copy lacks are not kept any more. */
  async #copyAll(): Promise<void> {
    forget(this.#database);
    this.#lease = new Lease();
    const first = await this.#source.copy(null);
    for (let page = first; ; page = await this.#source.copy(page.members.at(-1)!.p)) {
      if (page.logId !== first.logId || page.order !== first.order) throw new Error("Register's log changed under the copy");
      if (page.members.length === 0) break;
      takePage(this.#database, page);
    }
    takePage(this.#database, { ...first, members: [] });
    goOnFrom(this.#database, first);
  }

  /** A log that lost rows is not followed again, however many it has by now. */
  #refuseLoss(poll: RegisterPoll): void {
    const at = readPosition(this.#database);
    if (at?.logId !== poll.logId) return;
    if (!at.wentBack && (poll.seq >= at.seq || poll.t <= at.t)) return;
    markWentBack(this.#database);
    throw new Error("Register's log went back");
  }

  /** Whether the copy is complete and its clock believed. */
  #take(poll: RegisterPoll, when: { sentAt: Instant; receivedAt: Instant }): boolean {
    const at = readPosition(this.#database);
    if (at && at.logId !== poll.logId) {
      forget(this.#database);
      this.#lease = new Lease();
      return false;
    }
    if (!applyRows(this.#database, poll.logId, poll.rows)) throw new Error("Register's rows do not follow on this copy's");
    if (readPosition(this.#database)!.seq < poll.seq) return false;
    if (!this.#lease.renew({ t: poll.t, age: 0, ...when })) this.#report("clock-set", null);
    return this.#lease.staleness(this.#clock()) !== null;
  }
}
