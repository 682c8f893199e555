import { createClient } from "@libsql/client/http";
import { drizzle } from "drizzle-orm/libsql/http";

/** The office's relational database, as a store uses it. */
export type OfficeDatabase = ReturnType<typeof open>;

/** The database "office" twice: where it is written, and its copy nearest to here. */
export interface Office {
  /** For every write, and for a read that must not be stale. */
  primary: OfficeDatabase;
  /** For reads that a second's staleness does no harm. */
  nearest: OfficeDatabase;
  /** Hears of each change that is known to have happened. */
  committed?: () => void;
}

export interface OfficeSettings {
  /** Turso's `libsql://`, or `https://`. */
  url: string;
  /** The nearest copy's; none is the same as `url`. */
  replicaUrl?: string | undefined;
  /** A JWT that reads and writes. */
  token: string;
}

/** A call that takes longer fails: a replica whose primary is gone does not answer a write. */
const DEADLINE_MS = 5_000;
const READ_DEADLINE_MS = 2_000;

export function openOffice({ url, replicaUrl, token }: OfficeSettings): Office {
  return { primary: open(url, token, DEADLINE_MS), nearest: open(replicaUrl || url, token, READ_DEADLINE_MS) };
}

function open(url: string, authToken: string, deadlineMs: number) {
  const fetchInTime = (request: Request): Promise<Response> => fetch(request, { signal: AbortSignal.timeout(deadlineMs) });
  // The client would queue what is beyond twenty calls, and a call that waits behind slow ones has no deadline yet.
  return drizzle(createClient({ url, authToken, fetch: fetchInTime, concurrency: Infinity }));
}

/** A read of the nearest copy, and of the primary when that does not answer: a read may be repeated. */
export async function readNearest<T>({ nearest, primary }: Office, query: (database: OfficeDatabase) => PromiseLike<T>): Promise<T> {
  try {
    return await query(nearest);
  } catch {
    return query(primary);
  }
}
