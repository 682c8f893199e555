import { Keyring } from "../../src/bst/keyring.ts";
import { parsePairKeys } from "../../src/bst/seal.ts";
import { Checker } from "../../src/check/checker.ts";
import { KeyReader } from "../../src/check/directory.ts";
import type { ReplicaApi } from "../../src/check/feed.ts";
import { type Feed, Keeper } from "../../src/check/keeper.ts";
import type { BlobStore } from "../../src/check/published.ts";
import { regionalFeed } from "../../src/check/regions.ts";
import { parseManifestKeys } from "../../src/snapshot/signature.ts";
import type { Environment } from "./environment.ts";

/** What one isolate keeps between requests. Plain data and functions: promises belong to the request that made them. */
export interface Isolate {
  keys: KeyReader;
  checker: Checker;
  keeper: Keeper;
}

const wait = (ms: number): Promise<void> => scheduler.wait(ms);

/** KV caches misses, so a key it did not have is left alone for a minute. */
const KV_REST_MS = 60_000;

function blobsFrom(shards: KVNamespace): BlobStore {
  const missedAt = new Map<string, number>();
  return async (hash) => {
    if (Date.now() - (missedAt.get(hash) ?? 0) < KV_REST_MS) return null;
    const bytes = await shards.get(hash, { type: "arrayBuffer", cacheTtl: 86_400 });
    if (bytes) missedAt.delete(hash);
    else missedAt.set(hash, Date.now());
    return bytes && new Uint8Array(bytes);
  };
}

/** A stub belongs to the request that made it, so each call makes its own. */
function replicaIn(replicas: Environment["REPLICA"], region: string): Feed {
  const stub = (): ReplicaApi => replicas.getByName(region, { locationHint: region });
  return { poll: (after) => stub().poll(after), first: (question) => stub().first(question) };
}

function report(what: string, error: unknown): void {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error ?? "");
  console.error(JSON.stringify({ "log.level": "error", "service.name": "nser-edge", "event.action": what, message }));
}

function startIsolate(env: Environment): Isolate {
  const keyring = new Keyring(parsePairKeys(env.PAIR_KEYS));
  const replicas = env.REGIONS.split(",").map((region) => replicaIn(env.REPLICA, region));
  const clock = Date.now;
  const manifestKeys = parseManifestKeys(env.MANIFEST_PUBLIC_KEYS);
  const feed = regionalFeed(replicas, wait);
  const keeper = new Keeper({ feed, blobs: blobsFrom(env.SHARDS), manifestKeys, clock, wait, report });
  return { keys: new KeyReader(), keeper, checker: new Checker({ keyring, keeper, clock, newId: () => crypto.randomUUID() }) };
}

let isolate: Isolate | null = null;

/** The isolate's memory, made at its first request because the environment arrives with it. */
export const theIsolate = (env: Environment): Isolate => (isolate ??= startIsolate(env));
