import { type Clock, type Instant, SECOND } from "../kernel/clock.ts";
import type { ReplicaApi } from "./feed.ts";
import { readFirst, readPoll } from "./inspect.ts";
import type { Feed } from "./keeper.ts";

/** A cold isolate answers, or refuses, within 1.5 s: three may be asked, each for this long. */
const ATTEMPTS = 3;
const ATTEMPT_MS = 500;
/** Who failed is asked after the others for so long; then it is tried again, so that traffic returns to the nearest. */
const REST_MS = 5 * SECOND;

/** One that may be asked, by the name the log knows it by. */
export type Named<Api> = Api & { name: string };

export interface RegionalParts {
  /** One of each region, nearest first. */
  replicas: readonly Named<Feed>[];
  /** Register itself, which admits few: it is asked for rows only, when two Replicas gave none. */
  lastResort: Named<Pick<ReplicaApi, "poll">>;
  clock: Clock;
  wait: (ms: number) => Promise<void>;
  /** Told when one fails that did not just fail before. */
  failed: (name: string, error: unknown) => void;
}

/**
 * Asks the nearest Replica, the next when it fails, is late or says what cannot be, and at last Register. What each did
 * is plain data, which requests may share. Throws when nobody answers in time.
 */
export function regionalFeed({ replicas, lastResort, clock, wait, failed }: RegionalParts): Feed {
  const failedAt = new Map<string, Instant>();

  const rests = ({ name }: { name: string }): boolean => {
    const since = clock() - (failedAt.get(name) ?? Number.NEGATIVE_INFINITY);
    return since >= 0 && since < REST_MS;
  };
  const restingLast = <Source extends { name: string }>(sources: readonly Source[]): Source[] =>
    sources.toSorted((one, other) => Number(rests(one)) - Number(rests(other)));

  function fail(source: { name: string }, error: unknown): void {
    if (!rests(source)) failed(source.name, error);
    failedAt.set(source.name, clock());
  }

  async function call<Source extends { name: string }, T>(sources: Source[], ask: (source: Source) => Promise<T>): Promise<T> {
    let failure: unknown = new Error("no region is configured");
    for (const source of sources) {
      try {
        const answer = await within(ask(source), ATTEMPT_MS, wait);
        failedAt.delete(source.name);
        return answer;
      } catch (error) {
        fail(source, error);
        failure = error;
      }
    }
    throw failure;
  }

  return {
    poll: (after, logId) =>
      call(restingLast([...restingLast(replicas).slice(0, ATTEMPTS - 1), lastResort]), async (source) =>
        readPoll(await source.poll(after, logId), after)),
    first: (question) =>
      call(restingLast(replicas).slice(0, ATTEMPTS), async (replica) =>
        readFirst(await replica.first(question), question.asked.length)),
  };
}

/** The promise's value, or an error when it takes longer than `ms`. */
export async function within<T>(promise: Promise<T>, ms: number, wait: (ms: number) => Promise<void>): Promise<T> {
  const late = wait(ms).then(() => Promise.reject(new Error(`no answer within ${ms} ms`)));
  late.catch(() => undefined);
  return Promise.race([promise, late]);
}
