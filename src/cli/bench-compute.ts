/** The compute of one check in process, without any network: what one core can answer. */
import { randomBytes } from "node:crypto";
import { Keyring } from "../bst/keyring.ts";
import { parsePairKeys } from "../bst/seal.ts";
import { formatToken } from "../bst/text.ts";
import { Checker } from "../check/checker.ts";
import { KeyReader, readKey } from "../check/directory.ts";
import type { FirstAnswer, ManifestRef } from "../check/feed.ts";
import { Gate } from "../check/gate.ts";
import { Keeper } from "../check/keeper.ts";
import { Permits } from "../check/permits.ts";
import { readQuestion } from "../check/question.ts";
import { Tally } from "../check/tally.ts";
import { DEFAULT_TERMS } from "../check/terms.ts";
import { contentHash, encodeManifest } from "../snapshot/manifest.ts";
import { rowOf, shardBitsFor } from "../snapshot/row.ts";
import { encodeShard } from "../snapshot/shard.ts";
import { parseManifestKeys, parseSigningKey, type SigningKey, signManifest } from "../snapshot/signature.ts";
import { type Quartiles, quartiles } from "./quartiles.ts";
import { drawSecrets } from "./secrets.ts";

const OPERATOR = "bench00001";
const KEY = `Bearer sk_live_${OPERATOR}_${"0".repeat(32)}`;
const TOKENS = 10_000;
const ROUND_MS = 500;

export interface Compute {
  excluded: number;
  /** From the header and the body's text to the answer's text. */
  checksPerSecondPerCore: Quartiles;
}

/** Measures checks of `excluded` people and as many others, half and half, from a set of `excluded` rows in memory. */
export async function measureCompute(excluded: number, rounds: number): Promise<Compute> {
  const people = Array.from({ length: excluded }, () => new Uint8Array(randomBytes(16)));
  const keyring = new Keyring(parsePairKeys(JSON.stringify({ 1: randomBytes(64).toString("base64url") })));
  const tally = new Tally("bench");
  const checker = await warmChecker(people, keyring, tally);
  const sealer = keyring.sealer("1", { operator: OPERATOR, epoch: 0, kind: "msisdn", generation: 0 });
  const bodies = Array.from({ length: TOKENS }, (_, n) => {
    const p = n % 2 === 0 ? people[Math.floor(Math.random() * excluded)]! : new Uint8Array(randomBytes(16));
    const token = formatToken({ kind: "msisdn", epoch: 0, generation: 0, body: sealer.seal(p) });
    return JSON.stringify({ token, purpose: "login" });
  });
  const keys = new KeyReader();
  const rates: number[] = [];
  for (let n = 0; n <= rounds; n++) rates.push(await round(keys, checker, tally, bodies));
  return { excluded, checksPerSecondPerCore: quartiles(rates.slice(1), 0) };
}

/**
 * Checks answered per second, from the header and the body's text to the answer's text, and their evidence made ready to
 * be sent. Each answer is verified.
 */
async function round(keys: KeyReader, checker: Checker, tally: Tally, bodies: readonly string[]): Promise<number> {
  const startedAt = performance.now();
  let done = 0;
  while (performance.now() - startedAt < ROUND_MS) {
    for (let at = 0; at < bodies.length; at++) {
      const asked = readQuestion(JSON.parse(bodies[at]!));
      const caller = { key: keys.read(KEY)!, address: null, scope: "checks" as const, checks: 1, chargedTo: null };
      const outcome = checker.fromMemory(caller, asked.ok ? asked.question : { tokens: [], purpose: "login" });
      const word = at % 2 === 0 ? "excluded" : "clear";
      if (!outcome?.ok || !JSON.stringify(outcome.answer).startsWith(`{"decision":"${word}"`)) throw new Error(`a wrong answer: ${JSON.stringify(outcome)}`);
    }
    done += bodies.length;
    tally.cut();
    tally.sent(await tally.batches());
  }
  return (done / (performance.now() - startedAt)) * 1_000;
}

async function warmChecker(people: Uint8Array[], keyring: Keyring, tally: Tally): Promise<Checker> {
  const blobs = new Map<string, Uint8Array>();
  const { edge, register } = drawSecrets();
  const manifest = await publish(people, blobs, parseSigningKey(register.MANIFEST_KEY!));
  const now = Date.now();
  const head = { logId: "bench", seq: 1, t: now, age: 0 };
  const first: FirstAnswer = {
    ...head,
    manifest,
    excluded: [],
    directory: {
      operators: [{ id: OPERATOR, state: "active", requiredKinds: [] }],
      keys: [{ id: "key", hash: readKey(KEY)!.hash, operator: OPERATOR, state: "active", ...DEFAULT_TERMS, perSecond: Number.MAX_SAFE_INTEGER }],
      epochs: [{ operator: OPERATOR, epoch: 0, pairKeyId: "1", rootEpoch: 0, state: "current", until: null }],
      generations: [],
      allowances: [],
    },
  };
  let loading = true;
  const keeper = new Keeper({
    feed: { first: async () => first, poll: async () => ({ ...head, from: 1, rows: [] }), shard: async () => null },
    homes: [{ name: "memory", read: async (hash) => blobs.get(hash) ?? null }],
    manifestKeys: parseManifestKeys(edge.MANIFEST_PUBLIC_KEYS!),
    clock: () => now,
    wait: () => (loading ? pause() : new Promise(() => undefined)),
    report: (what, error) => {
      throw new Error(what, { cause: error });
    },
  });
  void keeper.keepFresh();
  while (keeper.view.cold) await pause();
  for (const p of people) keeper.want(0, p);
  while (people.some((p) => keeper.view.set(0).has(p) === null)) await pause();
  loading = false;
  const permits = new Permits({ ask: async () => true, clock: () => now, failed: () => undefined });
  return new Checker({ keyring, gate: new Gate(permits), keeper, clock: () => now, newId: () => crypto.randomUUID(), tally });
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

async function publish(people: Uint8Array[], blobs: Map<string, Uint8Array>, key: SigningKey): Promise<ManifestRef> {
  const shardBits = shardBitsFor(people.length);
  const byShard = Map.groupBy(people, (p) => rowOf(p, shardBits).shard);
  const shards: (string | null)[] = Array(2 ** shardBits).fill(null);
  for (const [shard, members] of byShard) {
    const bytes = encodeShard(shard, shardBits, members.toSorted(Buffer.compare));
    shards[shard] = await contentHash(bytes);
    blobs.set(shards[shard]!, bytes);
  }
  const sets = [{ rootEpoch: 0, shardBits, shards }];
  const manifest = await signManifest(encodeManifest({ logId: "bench", sequence: 1, sets }), key);
  const hash = await contentHash(manifest);
  blobs.set(hash, manifest);
  return { hash, sequence: 1 };
}
