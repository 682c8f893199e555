import type { Feed } from "./keeper.ts";

/** One Replica's share of a question's time, and the whole of it: a cold isolate answers, or refuses, within this. */
const ATTEMPT_MS = 700;
const DEADLINE_MS = 1_500;

/**
 * Asks the nearest Replica, and the next when it fails or is late. The one that answered is asked first from then on,
 * until it fails. Throws when none answers in time.
 */
export function regionalFeed(replicas: readonly Feed[], wait: (ms: number) => Promise<void>): Feed {
  let preferred = 0;

  async function call<T>(ask: (replica: Feed) => Promise<T>): Promise<T> {
    let failure: unknown = new Error("no region is configured");
    for (let attempt = 0; attempt < Math.min(replicas.length, Math.ceil(DEADLINE_MS / ATTEMPT_MS)); attempt++) {
      try {
        return await within(ask(replicas[preferred]!), attempt === 0 ? ATTEMPT_MS : DEADLINE_MS - ATTEMPT_MS, wait);
      } catch (error) {
        failure = error;
        preferred = (preferred + 1) % replicas.length;
      }
    }
    throw failure;
  }

  return {
    poll: (after) => call((replica) => replica.poll(after)),
    first: (question) => call((replica) => replica.first(question)),
  };
}

/** The promise's value, or an error when it takes longer than `ms`. */
export async function within<T>(promise: Promise<T>, ms: number, wait: (ms: number) => Promise<void>): Promise<T> {
  const late = wait(ms).then(() => Promise.reject(new Error(`no answer within ${ms} ms`)));
  late.catch(() => undefined);
  return Promise.race([promise, late]);
}
