import { Redis } from "@upstash/redis/cloudflare";
import type { Count, DailyCounters } from "./port.ts";

const DEADLINE_MS = 1_000;
/** A day's counts are of no use after it; one more day is for whoever looks into yesterday. */
const KEPT_SECONDS = 2 * 86_400;

const nameOf = (date: string, { keyId }: Count): string => `nser:checks:${date}:${keyId}`;

/** The counters in Upstash Redis, over its REST interface. */
export function upstashCounters({ url, token }: { url: string; token: string }): DailyCounters {
  // The client's `retry: false` tries twice, which would count twice; a signal that is no function would answer "Aborted".
  const redis = new Redis({
    url, token, retry: { retries: 0 }, signal: () => AbortSignal.timeout(DEADLINE_MS), enableTelemetry: false, readYourWrites: false,
  });
  return {
    async add(date, counts) {
      const transaction = redis.multi();
      for (const count of counts) {
        transaction.incrby(nameOf(date, count), count.checks).expire(nameOf(date, count), KEPT_SECONDS);
      }
      const results = await transaction.exec<number[]>();
      return counts.map((_, at) => results[2 * at]!);
    },
    async put(date, counts) {
      const transaction = redis.multi();
      for (const count of counts) transaction.set(nameOf(date, count), count.checks, { ex: KEPT_SECONDS });
      await transaction.exec();
    },
  };
}
