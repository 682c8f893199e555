import { readableBlobs } from "../../src/adapters/libsql/blobs.ts";
import { configuredDatabase } from "../../src/adapters/libsql/pipeline.ts";
import { Keyring } from "../../src/bst/keyring.ts";
import { parsePairKeys } from "../../src/bst/seal.ts";
import { Checker } from "../../src/check/checker.ts";
import { Courier } from "../../src/check/courier.ts";
import { KeyReader } from "../../src/check/directory.ts";
import type { ReplicaApi } from "../../src/check/feed.ts";
import { type Caller, Gate } from "../../src/check/gate.ts";
import { type Feed, Keeper } from "../../src/check/keeper.ts";
import { ManyChecks } from "../../src/check/many.ts";
import { BLOCK_MS, Permits } from "../../src/check/permits.ts";
import { chosenBy, parseRegions, type ReplicaPlace } from "../../src/check/places.ts";
import type { BlobHome } from "../../src/check/published.ts";
import { type Named, regionalFeed, within } from "../../src/check/regions.ts";
import { Tally } from "../../src/check/tally.ts";
import type { Clock } from "../../src/kernel/clock.ts";
import { parseManifestKeys } from "../../src/snapshot/signature.ts";
import { AnswerKeys } from "./answer-keys.ts";
import type { Environment } from "./environment.ts";

/** What one isolate keeps between requests. Plain data and functions: promises belong to the request that made them. */
export interface Isolate {
  keys: KeyReader;
  checker: Checker;
  keeper: Keeper;
  clock: Clock;
  newId: () => string;
  /** Answers the checks of one request that holds many. */
  many(caller: Caller): ManyChecks;
  answerKeys: AnswerKeys;
  courier: Courier;
  permits: Permits;
  /** The region that is asked first; null where none is configured. */
  region: string | null;
}

const wait = (ms: number): Promise<void> => scheduler.wait(ms);

const READ_DEADLINE_MS = 1_000;
const DAY_SECONDS = 86_400;

function kvHome(shards: KVNamespace): BlobHome {
  const get = (hash: string) => shards.get(hash, { type: "arrayBuffer", cacheTtl: DAY_SECONDS });
  const read = async (hash: string): Promise<Uint8Array | null> => {
    const bytes = await within(get(hash), READ_DEADLINE_MS, wait);
    return bytes && new Uint8Array(bytes);
  };
  return { name: "KV", read, cachesMisses: true };
}

/** Where published bytes are looked for: KV, and libSQL where it is configured. */
function homesOf({ SHARDS, EDGE_DATABASE_URL, EDGE_DATABASE_TOKEN }: Environment): BlobHome[] {
  const database = configuredDatabase(EDGE_DATABASE_URL, EDGE_DATABASE_TOKEN, READ_DEADLINE_MS);
  return [kvHome(SHARDS), ...(database ? [readableBlobs(database)] : [])];
}

/** A stub belongs to the request that made it, so each call makes its own. */
function replicaAt(replicas: Environment["REPLICA"], { name, region }: ReplicaPlace): Named<Feed> {
  const stub = (): ReplicaApi => replicas.getByName(name, { locationHint: region });
  return { name, poll: (after) => stub().poll(after), first: (question) => stub().first(question), shard: (place) => stub().shard(place) };
}

function line(level: "error" | "info", what: string, error: unknown): string {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error ?? "");
  return JSON.stringify({ "log.level": level, "service.name": "nser-edge", "event.action": what, message });
}

const report = (what: string, error: unknown): void => console.error(line("error", what, error));
/** That one Replica failed is no error while another answers; nor is a binding that does without. */
const failed = (what: string, error: unknown): void => console.info(line("info", `asked ${what} in vain`, error));

/** One Replica of each region, drawn once, so that a region's isolates spread over its Replicas. */
function feedOf({ REPLICA, LAST_RESORT, REGIONS }: Environment): Feed {
  const replicas = chosenBy(Math.random(), parseRegions(REGIONS)).map((place) => replicaAt(REPLICA, place));
  const lastResort = { name: "Register", poll: (after: number, logId?: string | null) => LAST_RESORT.poll(after, logId) };
  return regionalFeed({ replicas, lastResort, clock: Date.now, wait, failed });
}

const courierTo = (queue: Environment["CHECKS"], tally: Tally): Courier =>
  new Courier({ tally, send: async (batches) => void (await queue.sendBatch(batches.map((body) => ({ body })))), clock: Date.now, wait, report });

const permitsOf = ({ CHECK_BLOCKS }: Environment): Permits => {
  const ask = async (key: string): Promise<boolean> => (await within(CHECK_BLOCKS.limit({ key }), BLOCK_MS, wait)).success;
  return new Permits({ ask, clock: Date.now, failed: (error) => failed("for a block of checks", error) });
};

function startIsolate(env: Environment): Isolate {
  const keyring = new Keyring(parsePairKeys(env.PAIR_KEYS));
  const clock = Date.now;
  const manifestKeys = parseManifestKeys(env.MANIFEST_PUBLIC_KEYS);
  const keeper = new Keeper({ feed: feedOf(env), homes: homesOf(env), manifestKeys, clock, wait, report });
  const id = crypto.randomUUID();
  // Numbered, so that an operator can put its answers in the order their root commits to.
  let answers = 0;
  const newId = (): string => `${id}.${++answers}`;
  const tally = new Tally(id);
  const permits = permitsOf(env);
  const checker = new Checker({ keyring, gate: new Gate(permits), keeper, clock, newId, tally });
  return {
    keys: new KeyReader(),
    checker,
    keeper,
    clock,
    newId,
    many: (caller) => new ManyChecks({ checker, caller, clock }),
    answerKeys: new AnswerKeys(env),
    courier: courierTo(env.CHECKS, tally),
    permits,
    region: parseRegions(env.REGIONS)[0]?.[0]?.region ?? null,
  };
}

let isolate: Isolate | null = null;

/** The isolate's memory, made at its first request because the environment arrives with it. */
export const theIsolate = (env: Environment): Isolate => (isolate ??= startIsolate(env));
