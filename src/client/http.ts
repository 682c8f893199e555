import { isProblem, type Problem, ProblemError, type Undecided, undecided } from "./answers.ts";

export interface Connection {
  /** The register's address, without a path. */
  url: string;
  /** `sk_live_…`; a page has none: its own server adds it. */
  key?: string;
  /** Of one attempt, and of each silence within a long answer. */
  timeoutMs: number;
  /** A check changes nothing, so that it can be asked again when no answer came. */
  attempts: number;
  fetch: typeof fetch;
  wait: (ms: number) => Promise<void>;
}

/** How to reach the register; what is not said is the usual. */
export type ConnectionOptions = Pick<Connection, "url"> & Partial<Connection>;

/** A thousand blinded elements take the register a second and a half. */
export const BLIND_TIMEOUT_MS = 30_000;

export const connectionOf = (options: ConnectionOptions): Connection => ({
  timeoutMs: 3_000,
  attempts: 3,
  fetch: (...parameters) => fetch(...parameters),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  ...options,
});

/** How long is waited before an attempt, when the register does not say. */
const PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;

/** Statuses that may be otherwise in a moment. */
const passes = (status: number): boolean => status === 429 || status >= 500;

/**
 * Tries until `attempt` has a value; else says why there is none. Throws ProblemError when the register refuses the
 * request for what it is.
 */
export async function persist<T>({ attempts, wait }: Connection, attempt: () => Promise<T>): Promise<T | Undecided> {
  for (let n = 1; ; n++) {
    try {
      return await attempt();
    } catch (error) {
      const problem = error instanceof ProblemError ? error.problem : undefined;
      if (problem && !passes(problem.status)) throw error;
      if (n >= attempts) return undecided(error instanceof Error ? error.message : String(error), problem);
      await wait(error instanceof Busy ? error.waitMs : PAUSE_MS * n);
    }
  }
}

/** The register asks to be asked later. */
class Busy extends ProblemError {
  readonly waitMs: number;

  constructor(problem: Problem, retryAfter: string | null) {
    super(problem);
    const seconds = Number(retryAfter ?? Number.NaN);
    this.waitMs = Number.isFinite(seconds) ? Math.min(seconds * 1_000, LONGEST_PAUSE_MS) : PAUSE_MS;
  }
}

/** Posts once. Throws when anything but a 200 comes back, or nothing in time. */
export const post = (connection: Connection, path: string, body: string, headers: Record<string, string>, signal: AbortSignal): Promise<Response> =>
  send(connection, path, { method: "POST", headers, body, signal });

export const bearer = (key: string | undefined): Record<string, string> => (key === undefined ? {} : { authorization: `Bearer ${key}` });

type Init = RequestInit & { headers: Record<string, string> };

/** Asks or posts once; throws as `post` does. */
export async function send({ url, key, fetch }: Connection, path: string, init: Init): Promise<Response> {
  const response = await fetch(`${url}${path}`, { ...init, headers: { ...bearer(key), ...init.headers } });
  if (response.status === 200) return response;
  const problem: unknown = await response.json().catch(() => null);
  if (!isProblem(problem)) throw new Error(`the answer is no decision (${response.status})`);
  throw passes(response.status) ? new Busy(problem, response.headers.get("retry-after")) : new ProblemError(problem);
}
