import type { Jwks } from "./verify.ts";

const PATH = "/.well-known/http-message-signatures-directory";
const MAX_AGE_MS = 3_600_000;
const TIMEOUT_MS = 3_000;

/** The register's published keys, fetched when they are first needed and then once an hour. Throws when they cannot be had. */
export function publishedKeys(url: string, { fetch = globalThis.fetch, now = Date.now } = {}): () => Promise<Jwks> {
  let known: { keys: Jwks; at: number } | null = null;
  return async () => {
    if (known && now() - known.at < MAX_AGE_MS) return known.keys;
    const response = await fetch(`${url}${PATH}`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) throw new Error(`no keys at ${PATH} (${response.status})`);
    const keys: Jwks = await response.json();
    known = { keys, at: now() };
    return keys;
  };
}
