/** A whole read side in one process: a log, a Replica's copy of it and an isolate, on clocks the test moves. */
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { Keyring } from "../../src/bst/keyring.ts";
import type { Kind } from "../../src/bst/kinds.ts";
import { parsePairKeys } from "../../src/bst/seal.ts";
import { formatToken } from "../../src/bst/text.ts";
import { Checker } from "../../src/check/checker.ts";
import { Directory, type DirectoryRows, type EpochRow, type KeyRow, type PresentedKey, readKey } from "../../src/check/directory.ts";
import type { Change, FirstAnswer, FirstQuestion, LiveShard, ManifestRef, ReplicaPoll, ShardPlace } from "../../src/check/feed.ts";
import { type Caller, Gate } from "../../src/check/gate.ts";
import { type Feed, Keeper } from "../../src/check/keeper.ts";
import { ManyChecks } from "../../src/check/many.ts";
import { Permits } from "../../src/check/permits.ts";
import type { BlobHome } from "../../src/check/published.ts";
import { Tally } from "../../src/check/tally.ts";
import { DEFAULT_TERMS, type KeyTerms } from "../../src/check/terms.ts";
import { fromHex, toHex, utf8 } from "../../src/kernel/bytes.ts";
import { contentHash, encodeManifest, type Manifest } from "../../src/snapshot/manifest.ts";
import { rowOf } from "../../src/snapshot/row.ts";
import { encodeShard } from "../../src/snapshot/shard.ts";
import { signManifest, type SigningKey } from "../../src/snapshot/signature.ts";

type Unnumbered<T> = T extends unknown ? Omit<T, "seq" | "t"> : never;

const KEY = "sk_live_acme01_0123456789abcdef0123456789abcdef";
const PAIR_KEYS = JSON.stringify({ 1: Buffer.alloc(64, 7).toString("base64url") });

export const MANIFEST_KEY: SigningKey = { id: "1", seed: new Uint8Array(32).fill(5) };
export const MANIFEST_KEYS = new Map([["1", ed25519.getPublicKey(MANIFEST_KEY.seed)]]);

export const personOf = (n: number): Uint8Array => sha256(utf8(`person ${n}`)).slice(0, 16);

/** Between polls. */
const LONG_WAIT_MS = 300;

export class World {
  now = 1_800_000_000_000;
  logId = "log-1";
  log: Change[] = [];
  /** The oldest row the Replica keeps. */
  from = 1;
  /** How old the Replica's copy is when it answers. */
  age = 50;
  /** Each leg of a call. */
  latency = 5;
  failing = false;
  calls: string[] = [];
  reports: string[] = [];
  /** The first home of published bytes, and the second, which has none unless a test puts them there. */
  blobs = new Map<string, Uint8Array>();
  secondBlobs = new Map<string, Uint8Array>();
  /** The homes that do not answer. */
  homesDown = new Set<string>();
  /** The hashes that were read from the first home, and from the second. */
  reads: string[] = [];
  secondReads: string[] = [];
  /** What a Replica says for a shard, made from what it should. */
  shardManner: (shard: LiveShard) => LiveShard | null = (shard) => shard;
  manifest: ManifestRef | null = null;
  readonly keyring = new Keyring(parsePairKeys(PAIR_KEYS));
  readonly keeper: Keeper;
  readonly permits: Permits;
  readonly checker: Checker;
  readonly tally = new Tally("isolate");
  /** Blocks the data centre still grants. */
  blocks = Number.POSITIVE_INFINITY;

  #timers: { at: number; ring: () => void }[] = [];

  constructor(budgetBytes?: number, aheadShare?: number) {
    const feed: Feed = {
      poll: (after) => this.#call("poll", () => this.poll(after)),
      first: (question) => this.#call("first", () => this.first(question)),
      shard: (place) => this.#call("shard", () => this.shard(place)),
    };
    this.keeper = new Keeper({
      feed,
      homes: [this.#home("KV", this.blobs, true), this.#home("libSQL", this.secondBlobs, false)],
      manifestKeys: MANIFEST_KEYS,
      budgetBytes,
      aheadShare,
      clock: () => this.now,
      wait: (ms) => this.#wait(ms),
      report: (what) => this.reports.push(what),
    });
    let ids = 0;
    const ask = async (): Promise<boolean> => this.blocks-- > 0;
    this.permits = new Permits({ ask, clock: () => this.now, failed: () => this.reports.push("permits") });
    const gate = new Gate(this.permits);
    const newId = (): string => `answer-${++ids}`;
    this.checker = new Checker({ keyring: this.keyring, gate, keeper: this.keeper, clock: () => this.now, newId, tally: this.tally });
    this.append({ type: "operator", operator: { id: "acme01", state: "active", requiredKinds: [] } });
    this.putKey({ perSecond: 1_000_000 });
    this.append({ type: "epoch", epoch: { operator: "acme01", epoch: 0, pairKeyId: "1", rootEpoch: 0, state: "current", until: null } });
  }

  /** A long wait lets its time pass at once, and ends the short ones that it covers; those that nothing covers end soon after. */
  async #wait(ms: number): Promise<void> {
    if (ms >= LONG_WAIT_MS) return this.#passTo(this.now + ms);
    const at = this.now + ms;
    await new Promise<void>((ring) => {
      this.#timers.push({ at, ring });
      setTimeout(() => this.#passTo(at), 2);
    });
  }

  #passTo(at: number): void {
    this.now = Math.max(this.now, at);
    const due = this.#timers.filter((timer) => timer.at <= this.now);
    this.#timers = this.#timers.filter((timer) => timer.at > this.now);
    for (const { ring } of due) ring();
  }

  append(change: Unnumbered<Change>): void {
    this.log.push({ ...change, seq: this.log.length + 1, t: this.now } as Change);
  }

  exclude(n: number): void {
    this.append({ type: "excluded", rootEpoch: 0, p: personOf(n) });
  }

  release(n: number): void {
    this.append({ type: "released", rootEpoch: 0, p: personOf(n) });
  }

  key = (text = KEY): PresentedKey => readKey(`Bearer ${text}`)!;

  /** Writes the row of the usual key, or of another. */
  putKey(terms: Partial<KeyTerms> = {}, { key = this.key(), id = "k1", state = "active" as KeyRow["state"] } = {}): void {
    const { hash, operator, mode } = key;
    this.append({ type: "key", key: { id, hash, operator, state, ...(mode === "test" && { mode }), ...DEFAULT_TERMS, ...terms } });
  }

  token(n: number, { kind = "msisdn" as Kind, operator = "acme01", epoch = 0, generation = 0 } = {}): string {
    const body = this.keyring.sealer("1", { operator, epoch, kind, generation }).seal(personOf(n));
    return formatToken({ kind, epoch, generation, body });
  }

  caller = (key = this.key(), address: string | null = null): Caller => ({ key, address, scope: "checks", checks: 1, chargedTo: null });

  /** What the isolate answers a check, from memory or by asking, as the edge does. */
  async check(tokens: string | string[], purpose: "login" | "marketing" | "payout" = "login", key = this.key(), address: string | null = null) {
    const question = { tokens: [tokens].flat(), purpose };
    const caller = this.caller(key, address);
    return this.checker.fromMemory(caller, question) ?? (await this.checker.ask(caller, question));
  }

  /** How the isolate answers a request that holds many checks. */
  many = (key = this.key()): ManyChecks => new ManyChecks({ checker: this.checker, caller: this.caller(key), clock: () => this.now });

  /** Publishes the given people as the set at the log's present end; the manifest is signed, or damaged, as told. */
  async publish(people: number[], over: Partial<Manifest> = {}, key = MANIFEST_KEY): Promise<void> {
    const byShard = Map.groupBy(people.map(personOf), (p) => rowOf(p, 8).shard);
    const shards: (string | null)[] = Array(256).fill(null);
    for (const [shard, ps] of byShard) {
      const bytes = encodeShard(shard, 8, ps.toSorted((a, b) => Buffer.compare(a, b)));
      shards[shard] = await contentHash(bytes);
      this.blobs.set(shards[shard]!, bytes);
    }
    const sequence = this.log.length;
    const sets = [{ rootEpoch: 0, shardBits: 8 as const, shards }];
    const manifest = await signManifest(encodeManifest({ logId: this.logId, sequence, sets, ...over }), key);
    this.manifest = { hash: await contentHash(manifest), sequence };
    this.blobs.set(this.manifest.hash, manifest);
    this.append({ type: "manifest", manifest: this.manifest });
  }

  poll(after: number): ReplicaPoll {
    return { ...this.#head(), from: this.from, rows: this.log.filter((row) => row.seq > after) };
  }

  first({ keyHash, operator, asked }: FirstQuestion): FirstAnswer {
    const directory = this.#directory();
    const known = new Directory(directory).holder({ operator, mode: "live", hash: keyHash }, this.now);
    const excluded = asked.map(({ p }) => (known ? this.#isExcluded(toHex(p)) : null));
    return { ...this.#head(), directory, manifest: this.manifest, excluded };
  }

  shard({ rootEpoch, shardBits, index }: ShardPlace): LiveShard | null {
    const members = new Set<string>();
    for (const row of this.log) {
      if (row.type === "excluded" && row.rootEpoch === rootEpoch) members.add(toHex(row.p));
      if (row.type === "released" && row.rootEpoch === rootEpoch) members.delete(toHex(row.p));
    }
    const here = [...members].toSorted().map(fromHex).filter((p) => rowOf(p, shardBits).shard === index);
    return this.shardManner({ ...this.#head(), bytes: encodeShard(index, shardBits, here) });
  }

  #home(name: string, blobs: Map<string, Uint8Array>, cachesMisses: boolean): BlobHome {
    const read = async (hash: string): Promise<Uint8Array | null> => {
      (cachesMisses ? this.reads : this.secondReads).push(hash);
      await new Promise(setImmediate);
      if (this.homesDown.has(name)) throw new Error("unreachable");
      return blobs.get(hash) ?? null;
    };
    return { name, read, cachesMisses };
  }

  #head = () => ({ logId: this.logId, seq: this.log.length, t: this.now - this.age, age: this.age });

  #isExcluded(p: string): boolean {
    const last = this.log.findLast((row) => (row.type === "excluded" || row.type === "released") && toHex(row.p) === p);
    return last?.type === "excluded";
  }

  #directory(): DirectoryRows {
    const epochs = new Map<string, EpochRow>();
    for (const row of this.log) if (row.type === "epoch") epochs.set(`${row.epoch.operator}/${row.epoch.epoch}`, row.epoch);
    return {
      operators: this.log.flatMap((row) => (row.type === "operator" ? [row.operator] : [])),
      keys: this.log.flatMap((row) => (row.type === "key" ? [row.key] : [])),
      epochs: [...epochs.values()],
      generations: this.log.flatMap((row) => (row.type === "generation" ? [row.generation] : [])),
      allowances: this.log.flatMap((row) => (row.type === "allowance" ? [row.allowance] : [])),
    };
  }

  async #call<T>(name: string, answer: () => T): Promise<T> {
    this.calls.push(name);
    this.now += this.latency;
    if (this.failing) throw new Error("unreachable");
    const answered = answer();
    this.now += this.latency;
    return answered;
  }

  /** Runs the background loop once to its end, with the clock's own time standing still for the test. */
  async settle(): Promise<void> {
    const at = this.now;
    if (this.keeper.checked()) await this.keeper.keepFresh();
    this.now = Math.max(this.now, at);
  }

  /** The isolate has polled and answers from memory. */
  async warm(): Promise<void> {
    await this.check(this.token(1));
    await this.settle();
    await this.keeper.refresh();
    this.calls = [];
  }

  /** Ten seconds later, when what could be fetched was, and what was announced is known. */
  async turn(): Promise<void> {
    this.now += 10_000;
    await this.settle();
    await this.keeper.refresh();
  }
}

/** What a check was answered, in a word: the decision, or else the problem. */
export const decisionOf = (outcome: Awaited<ReturnType<World["check"]>>) => (outcome.ok ? outcome.answer.decision : outcome.problem);
