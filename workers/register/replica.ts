import { DurableObject } from "cloudflare:workers";
import type { Change, FirstAnswer, FirstQuestion, ReplicaApi, ReplicaPoll } from "../../src/check/feed.ts";
import { parseRegions, publisherOf } from "../../src/check/places.ts";
import { within } from "../../src/check/regions.ts";
import type { KeptRows, ReplicaRecoveryApi } from "../../src/domains/exclusions/recovery/rpc.ts";
import { REGISTER_NAME } from "../../src/domains/exclusions/rpc.ts";
import { DAY, type Instant } from "../../src/kernel/clock.ts";
import { type ObjectDatabase, openDatabase } from "../../src/objects/database.ts";
import { armAlarm, runDue, setDue, setDueOnce } from "../../src/objects/due.ts";
import { errorFacts, errorLine } from "../../src/objects/shell.ts";
import { answerFirst } from "../../src/replication/first.ts";
import { Follower, type FollowerParts, type Following } from "../../src/replication/follow.ts";
import { announce, isPublicationDue, publishStep, type Publisher, sweep } from "../../src/replication/publish.ts";
import { compact, readPosition, rowsAfter, rowsKept } from "../../src/replication/store.ts";
import { parseSigningKey } from "../../src/snapshot/signature.ts";
import migrations from "../../migrations/replica/migrations.js";
import { type Environment, logDaysOf } from "./environment.ts";

const POLL_DEADLINE_MS = 1_000;

/** One region's copy of the whole set, which answers isolates. Rebuilt from Register at any time. */
export class Replica extends DurableObject<Environment> implements ReplicaApi, ReplicaRecoveryApi {
  readonly #database: ObjectDatabase;
  readonly #follower: Following;

  constructor(state: DurableObjectState, env: Environment) {
    super(state, env);
    this.#database = openDatabase(state, migrations);
    void state.blockConcurrencyWhile(async () => {
      setDueOnce(this.#database, "compact", this.now());
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

  async kept(after: number): Promise<KeptRows> {
    const at = readPosition(this.#database);
    return { logId: at?.logId ?? null, seq: at?.seq ?? 0, rows: rowsKept(this.#database, after) };
  }

  async first(question: FirstQuestion): Promise<FirstAnswer> {
    return answerFirst(this.#database, question, await this.#follower.current());
  }

  async push(logId: string, rows: Change[], since?: Instant | null): Promise<void> {
    this.#follower.push(logId, rows, since);
    await this.#schedulePublication();
  }

  override async alarm(): Promise<void> {
    const tasks = {
      compact: (now: Instant) => (compact(this.#database, now - logDaysOf(this.env) * DAY) ? now : now + DAY),
      publish: () => this.#publish(),
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
    if (await publishStep(this.#publisher())) return this.now();
    setDue(this.#database, "announce", this.#settled());
    return null;
  }

  async #announce(): Promise<Instant | null> {
    const register = this.env.REGISTER.getByName(this.registerName());
    await announce(this.#database, (ref) => register.announce(ref, readPosition(this.#database)?.logId), this.now());
    setDue(this.#database, "sweep", this.now());
    return null;
  }

  #publisher(): Publisher {
    const { SHARDS, MANIFEST_KEY } = this.env;
    const home = {
      put: (hash: string, bytes: Uint8Array) => SHARDS.put(hash, bytes),
      delete: async (hashes: string[]) => void (await Promise.all(hashes.map((hash) => SHARDS.delete(hash)))),
    };
    return { database: this.#database, home, key: parseSigningKey(MANIFEST_KEY) };
  }

  #settled = (): Instant => this.now() + Number(this.env.PUBLISH_SETTLE_MS);

  #report(what: string, error: unknown): void {
    this.write(errorLine("nser-register", this.now(), `replica ${what}`, errorFacts(error)));
  }
}
