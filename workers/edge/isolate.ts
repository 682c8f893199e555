import { Keyring } from "../../src/bst/keyring.ts";
import { parsePairKeys } from "../../src/bst/seal.ts";
import { Checker } from "../../src/check/checker.ts";
import { KeyReader } from "../../src/check/directory.ts";
import type { ReplicaApi } from "../../src/check/feed.ts";
import { type Feed, Keeper } from "../../src/check/keeper.ts";
import { chosenBy, parseRegions, type ReplicaPlace } from "../../src/check/places.ts";
import type { BlobStore } from "../../src/check/published.ts";
import { type Named, regionalFeed } from "../../src/check/regions.ts";
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
function replicaAt(replicas: Environment["REPLICA"], { name, region }: ReplicaPlace): Named<Feed> {
  const stub = (): ReplicaApi => replicas.getByName(name, { locationHint: region });
  return { name, poll: (after) => stub().poll(after), first: (question) => stub().first(question) };
}

function line(level: "error" | "info", what: string, error: unknown): string {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error ?? "");
  return JSON.stringify({ "log.level": level, "service.name": "nser-edge", "event.action": what, message });
}

const report = (what: string, error: unknown): void => console.error(line("error", what, error));
/** That one Replica failed is no error while another answers. */
const failed = (name: string, error: unknown): void => console.info(line("info", `asked ${name} in vain`, error));

/** One Replica of each region, drawn once, so that a region's isolates spread over its Replicas. */
function feedOf({ REPLICA, LAST_RESORT, REGIONS }: Environment): Feed {
  const replicas = chosenBy(Math.random(), parseRegions(REGIONS)).map((place) => replicaAt(REPLICA, place));
  const lastResort = { name: "Register", poll: (after: number, logId?: string | null) => LAST_RESORT.poll(after, logId) };
  return regionalFeed({ replicas, lastResort, clock: Date.now, wait, failed });
}

function startIsolate(env: Environment): Isolate {
  const keyring = new Keyring(parsePairKeys(env.PAIR_KEYS));
  const clock = Date.now;
  const manifestKeys = parseManifestKeys(env.MANIFEST_PUBLIC_KEYS);
  const keeper = new Keeper({ feed: feedOf(env), blobs: blobsFrom(env.SHARDS), manifestKeys, clock, wait, report });
  return { keys: new KeyReader(), keeper, checker: new Checker({ keyring, keeper, clock, newId: () => crypto.randomUUID() }) };
}

let isolate: Isolate | null = null;

/** The isolate's memory, made at its first request because the environment arrives with it. */
export const theIsolate = (env: Environment): Isolate => (isolate ??= startIsolate(env));
