/** The same people in every peer's store: the hash of each excluded token, indexed, and the hash of the operator's key. */
import { randomBytes } from "node:crypto";
import { createClient as createLibsql } from "@libsql/client";
import pg from "pg";
import { createClient as createRedis } from "redis";
import { AUTHORIZATION, OPERATOR } from "./operator.ts";
import type { Store } from "./stores.ts";
import type { Check } from "./traffic.ts";
import { hashOf } from "./workers/peer.ts";

const CHUNK = 25_000;

/** Hashes of the excluded tokens that are asked about, and so many others that the store is as large as the edge's set. */
export function* excludedHashes(checks: readonly Check[], rows: number): Generator<string[]> {
  const asked = askedHashes(checks);
  yield asked;
  for (let left = rows - asked.length; left > 0; left -= CHUNK) {
    yield Array.from({ length: Math.min(CHUNK, left) }, () => randomBytes(32).toString("base64url"));
  }
}

const tokenOf = ({ body }: Check): string => (JSON.parse(body) as { token: string }).token;

export const askedHashes = (checks: readonly Check[]): string[] => [
  ...new Set(checks.filter(({ decision }) => decision === "excluded").map((check) => hashOf(tokenOf(check)))),
];

export const KEY_HASH = hashOf(AUTHORIZATION);

export async function fillRedis({ port }: Store, chunks: Iterable<string[]>): Promise<void> {
  const redis = await createRedis({ url: `redis://127.0.0.1:${port}` }).connect();
  await redis.set(`key:${KEY_HASH}`, OPERATOR);
  for (const chunk of chunks) await redis.sAdd("excluded", chunk);
  redis.destroy();
}

export async function fillPostgres({ port }: Store, chunks: Iterable<string[]>): Promise<void> {
  const client = new pg.Client({ connectionString: postgresUrl(port) });
  await client.connect();
  await client.query('CREATE TABLE keys (hash text COLLATE "C" PRIMARY KEY, operator text NOT NULL)');
  await client.query('CREATE TABLE excluded (token text COLLATE "C" PRIMARY KEY)');
  await client.query("INSERT INTO keys VALUES ($1, $2)", [KEY_HASH, OPERATOR]);
  for (const chunk of chunks) await client.query("INSERT INTO excluded SELECT unnest($1::text[])", [chunk]);
  await client.query("VACUUM ANALYZE excluded");
  await client.end();
}

export async function fillLibsql({ port }: Store, chunks: Iterable<string[]>): Promise<void> {
  const client = createLibsql({ url: `http://127.0.0.1:${port}` });
  await client.batch(["CREATE TABLE keys (hash TEXT PRIMARY KEY, operator TEXT NOT NULL) WITHOUT ROWID", "CREATE TABLE excluded (token TEXT PRIMARY KEY) WITHOUT ROWID"], "write");
  await client.execute({ sql: "INSERT INTO keys VALUES (?, ?)", args: [KEY_HASH, OPERATOR] });
  for (const chunk of chunks) await client.execute({ sql: "INSERT INTO excluded SELECT value FROM json_each(?)", args: [JSON.stringify(chunk)] });
  client.close();
}

export const postgresUrl = (port: number): string => `postgres://bench@127.0.0.1:${port}/postgres`;
