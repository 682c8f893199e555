import { isObject, isProblem, type Problem, ProblemError, type Undecided, undecided } from "./answers.ts";

export interface Connection {
  /** The register's address, without a path. */
  url: string;
  /** `sk_live_…`; a page has none: its own server adds it. */
  key?: string;
  /** Of one attempt, and of each silence within a long answer. */
  timeoutMs: number;
  /** From when on no attempt is begun, counted from the first. */
  deadlineMs: number;
  /** A check changes nothing, so that it can be asked again when no answer came. */
  attempts: number;
  fetch: typeof fetch;
  wait: (ms: number) => Promise<void>;
  now: () => number;
  /** From 0 to 1: no two clients ask again at the same moment. */
  random: () => number;
}

/** How to reach the register; what is not said is the usual. */
export type ConnectionOptions = Pick<Connection, "url"> & Partial<Connection>;

/** A thousand identifiers take the register a second and a half. */
export const SLOW = { timeoutMs: 30_000, deadlineMs: 90_000 };

export const connectionOf = (options: ConnectionOptions): Connection => ({
  timeoutMs: 3_000,
  deadlineMs: 8_000,
  attempts: 3,
  fetch: (...parameters) => fetch(...parameters),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  now: Date.now,
  random: Math.random,
  ...options,
});

/** How long is waited before the second attempt, when the register does not say; before each later one twice as long. */
const PAUSE_MS = 200;

/** Statuses that may be otherwise in a moment. */
const passes = (status: number): boolean => status === 429 || status >= 500;

/**
 * Tries until `attempt`, which is told how long it may take, has a value; else says why there is none. Nobody is asked sooner
 * than they wish, nor after the deadline. Throws ProblemError when the register refuses the request for what it is.
 */
export async function persist<T>({ attempts, timeoutMs, deadlineMs, wait, now, random }: Connection, attempt: (withinMs: number) => Promise<T>): Promise<T | Undecided> {
  const end = now() + deadlineMs;
  for (let n = 1; ; n++) {
    try {
      return await attempt(Math.max(1, Math.min(timeoutMs, end - now())));
    } catch (error) {
      const problem = error instanceof ProblemError ? error.problem : undefined;
      if (problem && !passes(problem.status)) throw error;
      const pause = (error instanceof Busy ? error.waitMs : null) ?? PAUSE_MS * 2 ** (n - 1) * (1 + random()) / 2;
      if (n >= attempts || now() + pause >= end) return undecided(error instanceof Error ? error.message : String(error), problem);
      await wait(pause);
    }
  }
}

/** The register asks to be asked later. */
class Busy extends ProblemError {
  /** Null when it does not say. */
  readonly waitMs: number | null;

  constructor(problem: Problem, retryAfter: string | null) {
    super(problem);
    this.waitMs = /^\d{1,6}$/.test(retryAfter ?? "") ? Number(retryAfter) * 1_000 : null;
  }
}

/** Posts once. Throws when anything but a 200 comes back, or nothing in time. */
export const post = (connection: Connection, path: string, body: string, headers: Record<string, string>, signal: AbortSignal): Promise<Response> =>
  send(connection, path, { method: "POST", headers, body, signal });

export const bearer = (key: string | undefined): Record<string, string> => (key === undefined ? {} : { authorization: `Bearer ${key}` });

type Init = RequestInit & { headers: Record<string, string> };

/** Asks or posts once; throws as `post` does. What is said goes to the register alone, never on to where an answer points. */
async function send({ url, key, fetch }: Connection, path: string, init: Init): Promise<Response> {
  const response = await fetch(`${url}${path}`, { redirect: "manual", ...init, headers: { ...bearer(key), ...init.headers } });
  if (response.status === 200) return response;
  const problem: unknown = await response.json().catch(() => null);
  if (!isProblem(problem)) throw new Error(`the answer is no decision (${response.status})`);
  throw passes(response.status) ? new Busy(problem, response.headers.get("retry-after")) : new ProblemError(problem);
}

/**
 * What the register says in JSON, tried until it says something: for verbs that give the same again, so that trying again is
 * safe. Throws ProblemError for what it refuses and when it goes on being busy, Error when it does not answer.
 */
export async function ask(connection: Connection, method: "GET" | "POST", path: string, body?: object, more: Record<string, string> = {}): Promise<Record<string, unknown>> {
  const init: RequestInit = { method, ...(body && { body: JSON.stringify(body) }) };
  const headers = { "content-type": "application/json", ...more };
  const answer = await persist(connection, async (withinMs) => {
    const said: unknown = await (await send(connection, path, { ...init, signal: AbortSignal.timeout(withinMs), headers })).json();
    if (!isObject(said)) throw new Error("the answer is not whole");
    return { said };
  });
  if ("said" in answer) return answer.said;
  throw answer.problem ? new ProblemError(answer.problem) : new Error(answer.why);
}
