import { DurableObject } from "cloudflare:workers";
import type { Change, FirstAnswer, FirstQuestion, ReplicaApi, ReplicaPoll } from "../../src/check/feed.ts";
import { within } from "../../src/check/regions.ts";
import { REGISTER_NAME } from "../../src/domains/exclusions/rpc.ts";
import type { Instant } from "../../src/kernel/clock.ts";
import { type ObjectDatabase, openDatabase } from "../../src/objects/database.ts";
import { armAlarm, runDue, setDueOnce } from "../../src/objects/due.ts";
import { errorFacts, errorLine } from "../../src/objects/shell.ts";
import { answerFirst } from "../../src/replication/first.ts";
import { Follower } from "../../src/replication/follow.ts";
import { publish } from "../../src/replication/publish.ts";
import { lastSetChange, readPosition, readPublication, rowsAfter } from "../../src/replication/store.ts";
import { parseSigningKey } from "../../src/snapshot/signature.ts";
import migrations from "../../migrations/replica/migrations.js";
import type { Environment } from "./environment.ts";

const POLL_DEADLINE_MS = 1_000;

/** One region's copy of the whole set, which answers isolates. Rebuilt from Register at any time. */
export class Replica extends DurableObject<Environment> implements ReplicaApi {
  readonly #database: ObjectDatabase;
  readonly #follower: Follower;

  constructor(state: DurableObjectState, env: Environment) {
    super(state, env);
    this.#database = openDatabase(state, migrations);
    const register = env.REGISTER.getByName(REGISTER_NAME);
    this.#follower = new Follower({
      database: this.#database,
      source: { poll: (after) => within(register.poll(after), POLL_DEADLINE_MS, (ms) => scheduler.wait(ms)) },
      clock: Date.now,
      report,
    });
  }

  async poll(after: number): Promise<ReplicaPoll> {
    const { age, t } = await this.#follower.current();
    await this.#schedulePublication();
    const { logId, seq } = readPosition(this.#database)!;
    return { logId, seq, t, age, rows: rowsAfter(this.#database, after) };
  }

  async first(question: FirstQuestion): Promise<FirstAnswer> {
    return answerFirst(this.#database, question, await this.#follower.current());
  }

  async push(logId: string, rows: Change[]): Promise<void> {
    this.#follower.push(logId, rows);
    await this.#schedulePublication();
  }

  override async alarm(): Promise<void> {
    const tasks = { publish: () => this.#publish(), announce: () => this.#announce() };
    await runDue(this.#database, this.ctx.storage, Date.now(), tasks, report);
  }

  /** The first region's Replica publishes for all. */
  async #schedulePublication(): Promise<void> {
    if (this.ctx.id.name !== this.env.REGIONS.split(",")[0]) return;
    if (lastSetChange(this.#database) <= (readPublication(this.#database)?.ref.sequence ?? 0)) return;
    setDueOnce(this.#database, "publish", this.#settled());
    await armAlarm(this.#database, this.ctx.storage);
  }

  async #publish(): Promise<Instant | null> {
    const key = parseSigningKey(this.env.MANIFEST_KEY);
    const published = await publish(this.#database, (hash, bytes) => this.env.SHARDS.put(hash, bytes), key);
    if (published) setDueOnce(this.#database, "announce", this.#settled());
    return null;
  }

  async #announce(): Promise<Instant | null> {
    const publication = readPublication(this.#database);
    if (publication) await this.env.REGISTER.getByName(REGISTER_NAME).announce(publication.ref);
    return null;
  }

  #settled = (): Instant => Date.now() + Number(this.env.PUBLISH_SETTLE_MS);
}

const report = (what: string, error: unknown): void =>
  console.error(errorLine("nser-register", Date.now(), `replica ${what}`, errorFacts(error)));
