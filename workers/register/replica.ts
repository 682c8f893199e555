import { DurableObject } from "cloudflare:workers";
import { writableBlobs } from "../../src/adapters/libsql/blobs.ts";
import { configuredDatabase } from "../../src/adapters/libsql/pipeline.ts";
import type { Change, FirstAnswer, FirstQuestion, LiveShard, ReplicaApi, ReplicaNewsApi, ReplicaPoll, ShardPlace } from "../../src/check/feed.ts";
import { parseRegions, publisherOf } from "../../src/check/places.ts";
import { within } from "../../src/check/regions.ts";
import type { KeptRows, ReplicaRecoveryApi } from "../../src/domains/exclusions/recovery/rpc.ts";
import { REGISTER_NAME } from "../../src/domains/exclusions/rpc.ts";
import { DAY, type Instant, SECOND } from "../../src/kernel/clock.ts";
import { TokenBucket } from "../../src/kernel/token-bucket.ts";
import { type ObjectDatabase, openDatabase } from "../../src/objects/database.ts";
import { armAlarm, runDue, setDue, setDueOnce } from "../../src/objects/due.ts";
import { errorFacts, errorLine } from "../../src/objects/shell.ts";
import { answerFirst } from "../../src/replication/first.ts";
import { Follower, type FollowerParts, type Following } from "../../src/replication/follow.ts";
import { liveShard } from "../../src/replication/live-shard.ts";
import { mirrorStep } from "../../src/replication/mirror.ts";
import { announce, isPublicationDue, publishStep, type Publisher, sweep, type WritableHome } from "../../src/replication/publish.ts";
import { compact, dropObsolete, readPosition, rowsAfter, rowsKept } from "../../src/replication/store.ts";
import { parseSigningKey } from "../../src/snapshot/signature.ts";
import migrations from "../../migrations/replica/migrations.js";
import { type Environment, logDaysOf } from "./environment.ts";

const POLL_DEADLINE_MS = 1_000;
const HOME_DEADLINE_MS = 5_000;
/** A shard costs some 15 ms when the set has millions: what is answered must leave the Replica free for polls. */
const SHARDS_A_SECOND = 10;
/** Who waits for rows is answered after so many looks a second apart, should none come; a push is looked at as it comes. */
const LOOKS_FOR_NEWS = 20;

/** One region's copy of the whole set, which answers isolates. Rebuilt from Register at any time. */
export class Replica extends DurableObject<Environment> implements ReplicaApi, ReplicaNewsApi, ReplicaRecoveryApi {
  readonly #database: ObjectDatabase;
  readonly #follower: Following;
  readonly #shardAdmission = new TokenBucket(SHARDS_A_SECOND);
  #pushed = Promise.withResolvers<void>();

  constructor(state: DurableObjectState, env: Environment) {
    super(state, env);
    this.#database = openDatabase(state, migrations);
    void state.blockConcurrencyWhile(async () => {
      setDueOnce(this.#database, "compact", this.now());
      setDueOnce(this.#database, "mirror", this.now());
      await armAlarm(this.#database, state.storage);
    });
    // A stub of its own for each call, because one whose object broke stays broken.
    const register = () => env.REGISTER.getByName(this.registerName());
    this.#follower = this.follow({
      database: this.#database,
      source: {
        poll: (...copy) => within(register().poll(...copy), POLL_DEADLINE_MS, (ms) => scheduler.wait(ms)),
        copy: (after) => within(register().copy(after), POLL_DEADLINE_MS, (ms) => scheduler.wait(ms)),
      },
      clock: () => this.now(),
      report: (what, error) => this.#report(what, error),
    });
  }

  /** The Register that is followed; tests say another. */
  protected registerName(): string {
    return REGISTER_NAME;
  }

  /** The present; tests say another. */
  protected now(): Instant {
    return Date.now();
  }

  /** The second home of published bytes; null where none is configured. Tests say another. */
  protected secondHome(): WritableHome | null {
    const database = configuredDatabase(this.env.EDGE_DATABASE_URL, this.env.EDGE_DATABASE_TOKEN, HOME_DEADLINE_MS);
    return database && writableBlobs(database);
  }

  /** How the log is followed; tests follow it wrongly. */
  protected follow(parts: FollowerParts): Following {
    return new Follower(parts);
  }

  /** Where error lines go; tests read them. */
  protected write(line: string): void {
    console.error(line);
  }

  async poll(after: number): Promise<ReplicaPoll> {
    const { age, t } = await this.#follower.current();
    await this.#schedulePublication();
    const { logId, seq, from } = readPosition(this.#database)!;
    return { logId, seq, t, age, from, rows: rowsAfter(this.#database, after) };
  }

  async news(after: number, logId: string | null): Promise<ReplicaPoll> {
    for (let look = 0; look < LOOKS_FOR_NEWS; look++) {
      await this.#follower.current();
      const at = readPosition(this.#database)!;
      if (at.seq > after || at.logId !== logId) break;
      await Promise.race([this.#pushed.promise, scheduler.wait(SECOND)]);
    }
    return this.poll(after);
  }

  async kept(after: number): Promise<KeptRows> {
    const at = readPosition(this.#database);
    return { logId: at?.logId ?? null, seq: at?.seq ?? 0, rows: rowsKept(this.#database, after) };
  }

  async first(question: FirstQuestion): Promise<FirstAnswer> {
    return answerFirst(this.#database, question, await this.#follower.current());
  }

  async shard(place: ShardPlace): Promise<LiveShard | null> {
    if (!this.#shardAdmission.take(this.now())) return null;
    return liveShard(this.#database, place, await this.#follower.current());
  }

  async push(logId: string, rows: Change[], since?: Instant | null): Promise<void> {
    this.#follower.push(logId, rows, since);
    this.#pushed.resolve();
    this.#pushed = Promise.withResolvers();
    if ((readPosition(this.#database)?.seq ?? 0) < rows.at(-1)!.seq) this.ctx.waitUntil(this.#catchUp());
    await this.#schedulePublication();
  }

  /** Nobody may be asking this Replica, but should Register be lost, its rows may be all that is left. */
  async #catchUp(): Promise<void> {
    await this.#follower.current().catch((error: unknown) => this.#report("catch-up", error));
  }

  override async alarm(): Promise<void> {
    const tasks = {
      compact: (now: Instant) => (compact(this.#database, now - logDaysOf(this.env) * DAY) || dropObsolete(this.#database) ? now : now + DAY),
      publish: () => this.#publish(),
      mirror: async () => ((await mirrorStep(this.#publisher())) ? this.now() : null),
      announce: () => this.#announce(),
      sweep: (now: Instant) => sweep(this.#publisher(), now),
    };
    await runDue(this.#database, this.ctx.storage, this.now(), tasks, (task, error) => this.#report(task, error));
  }

  /** One Replica publishes for all. */
  async #schedulePublication(): Promise<void> {
    if (this.ctx.id.name !== publisherOf(parseRegions(this.env.REGIONS))?.name) return;
    if (!isPublicationDue(this.#database)) return;
    setDueOnce(this.#database, "publish", this.#settled());
    await armAlarm(this.#database, this.ctx.storage);
  }

  async #publish(): Promise<Instant | null> {
    if (await publishStep(this.#publisher(), this.now())) return this.now();
    setDue(this.#database, "mirror", this.now());
    setDue(this.#database, "announce", this.#settled());
    return null;
  }

  async #announce(): Promise<Instant | null> {
    const register = this.env.REGISTER.getByName(this.registerName());
    const again = await announce(
      this.#publisher(), (ref) => register.announce(ref, readPosition(this.#database)?.logId), this.now(), 2 * this.#settleMs,
    );
    if (again === null) setDue(this.#database, "sweep", this.now());
    return again;
  }

  #publisher(): Publisher {
    const { SHARDS, MANIFEST_KEY } = this.env;
    return { database: this.#database, home: kvHome(SHARDS), second: this.secondHome(), key: parseSigningKey(MANIFEST_KEY) };
  }

  get #settleMs(): number {
    return Number(this.env.PUBLISH_SETTLE_MS);
  }

  #settled = (): Instant => this.now() + this.#settleMs;

  #report(what: string, error: unknown): void {
    this.write(errorLine("nser-register", this.now(), `replica ${what}`, errorFacts(error)));
  }
}

const kvHome = (shards: KVNamespace): WritableHome => ({
  name: "KV",
  read: async (hash) => {
    const bytes = await shards.get(hash, "arrayBuffer");
    return bytes && new Uint8Array(bytes);
  },
  put: (hash, bytes) => shards.put(hash, bytes),
  delete: async (hashes) => void (await Promise.all(hashes.map((hash) => shards.delete(hash)))),
});
