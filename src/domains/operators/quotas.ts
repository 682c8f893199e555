import type { Count, DailyCounters } from "../../adapters/redis/port.ts";
import { HOUR, type Instant } from "../../kernel/clock.ts";
import { nairobiDay } from "../../kernel/periods.ts";
import type { OperatorDirectoryApi } from "./rpc.ts";
import { allowanceFor, isNews } from "./rules.ts";

export interface QuotaParts {
  counters: DailyCounters;
  directory: Pick<OperatorDirectoryApi, "quotasOf" | "setAllowance">;
  /** What a key has asked today according to what was kept durably, every count passed to `spend` before included. */
  spentToday: (keyId: string) => Promise<number>;
  /** Told of what should not happen. */
  report: (what: string, error: unknown) => void;
}

/** A count may come to lack something, or have it twice, when whoever counted is gone: so long it is added to, then it is set. */
const SURE_MS = HOUR;

/**
 * The daily quotas: what the edge reports as spent is counted, and where little of a key's day is left Register is told
 * the pace to keep. Nothing here throws: with the counters or Register away the last allowance stands, the failure is
 * reported, and a key is counted anew from what was kept durably at first, each hour, and as soon as that works again.
 */
export class Quotas {
  readonly #parts: QuotaParts;
  /** Keys whose count was set to what was kept, and until when it is trusted. */
  readonly #sureUntil = new Map<string, Instant>();

  constructor(parts: QuotaParts) {
    this.#parts = parts;
  }

  /** Counts checks on the day of `now`. Each is passed once, after it was kept durably. */
  async spend(spent: readonly Count[], now: Instant): Promise<void> {
    const sums = sumByKey(spent);
    const { sure = [], doubtful = [] } = Object.groupBy(sums, ({ keyId }) => (now < (this.#sureUntil.get(keyId) ?? now) ? "sure" : "doubtful"));
    await this.#attempt(sure, async () => {
      const used = await this.#parts.counters.add(nairobiDay(now).date, sure);
      return sure.map(({ keyId }, at) => ({ keyId, checks: used[at]! }));
    }, now);
    await this.reconcile(doubtful.map(({ keyId }) => keyId), now);
  }

  /** Sets the counts of these keys to what was kept durably. */
  async reconcile(keyIds: readonly string[], now: Instant): Promise<void> {
    const keys = keyIds.map((keyId) => ({ keyId }));
    await this.#attempt(keys, async () => {
      const counts = await Promise.all(keyIds.map(async (keyId) => ({ keyId, checks: await this.#parts.spentToday(keyId) })));
      await this.#parts.counters.put(nairobiDay(now).date, counts);
      for (const keyId of keyIds) this.#sureUntil.set(keyId, now + SURE_MS);
      return counts;
    }, now);
  }

  async #attempt(keys: readonly Pick<Count, "keyId">[], count: () => Promise<Count[]>, now: Instant): Promise<void> {
    if (keys.length === 0) return;
    try {
      await this.#tell(await count(), now);
    } catch (error) {
      for (const { keyId } of keys) this.#sureUntil.delete(keyId);
      this.#parts.report("quotas", error);
    }
  }

  /** Tells Register the paces that changed. */
  async #tell(used: readonly Count[], now: Instant): Promise<void> {
    const { directory } = this.#parts;
    const quotas = await directory.quotasOf(used.map(({ keyId }) => keyId));
    for (const quota of quotas) {
      const { checks } = used.find(({ keyId }) => keyId === quota.keyId)!;
      const allowance = allowanceFor(quota, checks, now);
      if (isNews(allowance, quota.allowance, quota.perSecond, now)) await directory.setAllowance(allowance);
    }
  }
}

const sumByKey = (spent: readonly Count[]): Count[] =>
  [...Map.groupBy(spent, ({ keyId }) => keyId)].map(([keyId, counts]) => ({
    keyId, checks: counts.reduce((sum, { checks }) => sum + checks, 0),
  }));
