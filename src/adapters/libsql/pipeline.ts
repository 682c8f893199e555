/** libSQL over plain HTTP (Hrana 2, `POST /v2/pipeline`), as much of it as one statement after another needs: no client library comes along. */

/** A database and what may be done there. */
export interface LibsqlDatabase {
  url: string;
  /** A JWT, for reading or for reading and writing. */
  token: string;
  /** A call that takes longer fails: a replica whose primary is gone does not answer a write. */
  deadlineMs: number;
}

export interface Statement {
  sql: string;
  args?: readonly Value[];
}

export type Value = { type: "text"; value: string } | { type: "blob"; base64: string };

interface Pipeline {
  results: ({ type: "ok"; response: { result?: { rows: Value[][] } } } | { type: "error"; error: { message: string } })[];
}

const SAID_AT_MOST = 200;

const SENDABLE = /^[\x21-\x7e]*$/;

/** The database that is configured; null when none is. Turso's `libsql://` stands for `https://`. */
export function configuredDatabase(url: string | undefined, token: string | undefined, deadlineMs: number): LibsqlDatabase | null {
  if (!url) return null;
  return { url: url.replace(/^libsql:/, "https:").replace(/\/$/, ""), token: token ?? "", deadlineMs };
}

/**
 * Carries out the statements in order, each on its own, and answers the last one's rows. Throws when any failed, was
 * forbidden or took too long; one that took too long may have happened.
 */
export async function execute({ url, token, deadlineMs }: LibsqlDatabase, ...statements: Statement[]): Promise<Value[][]> {
  // What no header can carry, the platform would quote in its log.
  if (!SENDABLE.test(token)) throw new Error("The database's token is not printable ASCII");
  const response = await fetch(`${url}/v2/pipeline`, {
    method: "POST",
    headers: { "authorization": `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ requests: [...statements.map((stmt) => ({ type: "execute", stmt })), { type: "close" }] }),
    signal: AbortSignal.timeout(deadlineMs),
  });
  if (!response.ok) throw new Error(`libSQL answered ${response.status}: ${(await response.text()).slice(0, SAID_AT_MOST)}`);
  const { results } = (await response.json()) as Pipeline;
  for (const result of results) if (result.type === "error") throw new Error(`libSQL: ${result.error.message.slice(0, SAID_AT_MOST)}`);
  const last = results[statements.length - 1];
  return (last?.type === "ok" && last.response.result?.rows) || [];
}
