/** Every peer's store, filled with the same people. */
import { type Child, startChild } from "./child.ts";
import { excludedHashes, fillLibsql, fillPostgres, fillRedis } from "./peer-data.ts";
import { startPostgres, startRedis, startSqld, type Store } from "./stores.ts";
import type { Check } from "./traffic.ts";

export const REST_TOKEN = "bench";

export interface Stores {
  redis: Store | null;
  /** Upstash's interface over the same redis-server. */
  redisRest: Child | null;
  postgres: Store | null;
  libsql: Store | null;
  /** Their processes, which belong beside the client and not beside the server that is measured. */
  pids: string[];
  stop(): void;
}

export async function startStores(checks: readonly Check[], rows: number): Promise<Stores> {
  const [redis, postgres, libsql] = [await startRedis(), await startPostgres(), await startSqld()];
  const hashes = () => excludedHashes(checks, rows);
  if (redis) await fillRedis(redis, hashes());
  if (postgres) await fillPostgres(postgres, hashes());
  if (libsql) await fillLibsql(libsql, hashes());
  const redisRest = redis && (await startChild("redis-rest.ts", String(redis.port), REST_TOKEN));
  const started = [redis, redisRest, postgres, libsql].filter((store) => store !== null);
  return {
    redis, redisRest, postgres, libsql,
    pids: started.map(({ pid }) => pid),
    stop: () => started.toReversed().forEach((store) => store.stop()),
  };
}
