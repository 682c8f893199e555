import { DurableObject } from "cloudflare:workers";
import migrations from "../../migrations/feed/migrations.js";
import type { Pseudonym } from "../../src/bst/kinds.ts";
import type { ReplicaApi } from "../../src/check/feed.ts";
import { chosenBy } from "../../src/check/places.ts";
import { within } from "../../src/check/regions.ts";
import { REGISTER_NAME, type RegisterApi } from "../../src/domains/exclusions/rpc.ts";
import { KEEP_TASK, keepFeed } from "../../src/domains/operators/feed/keep.ts";
import { PULL_TASK, Puller } from "../../src/domains/operators/feed/pull.ts";
import { digest, readPage } from "../../src/domains/operators/feed/read.ts";
import { receivedOf } from "../../src/domains/operators/feed/received.ts";
import type { FeedApi } from "../../src/domains/operators/feed/rpc.ts";
import { readPosition } from "../../src/domains/operators/feed/store.ts";
import { sealEvents } from "../../src/domains/operators/feed/seal.ts";
import { type Rows, take } from "../../src/domains/operators/feed/take.ts";
import type { TokenizerApi } from "../../src/domains/tokens/rpc.ts";
import type { Instant } from "../../src/kernel/clock.ts";
import { type ObjectDatabase, openDatabase } from "../../src/objects/database.ts";
import { armAlarm, runDue, setDueOnce } from "../../src/objects/due.ts";
import { errorFacts, errorLine, random } from "../../src/objects/shell.ts";
import { type Environment, FeedSettings, readSettings } from "./environment.ts";

const DEADLINE_MS = 2_000;

type Bound = Pick<Environment, "REGISTER" | "REPLICA" | "TOKENIZER">;

/** One operator's events, numbered without a gap, and where they are delivered. */
export class Feed extends DurableObject<Bound> implements FeedApi {
  readonly #database: ObjectDatabase;
  readonly #puller: Puller;

  constructor(state: DurableObjectState, env: Bound) {
    super(state, env);
    this.#database = openDatabase(state, migrations);
    this.#puller = new Puller({ database: this.#database, operator: this.operator(), replicas: this.replicas(), random });
    void state.blockConcurrencyWhile(async () => {
      setDueOnce(this.#database, PULL_TASK, this.now());
      setDueOnce(this.#database, KEEP_TASK, this.now());
      await armAlarm(this.#database, state.storage);
    });
  }

  /** The present; tests say another. */
  protected now(): Instant {
    return Date.now();
  }

  /** The object is named by its operator. */
  protected operator(): string {
    return this.ctx.id.name!;
  }

  /** Who is asked for rows, the nearest first; tests say others. */
  protected replicas(): Pick<ReplicaApi, "poll">[] {
    const places = chosenBy(Math.random(), readSettings(FeedSettings, this.env).REGIONS);
    return places.map(({ name, region }) => ({
      poll: (...copy) => within(this.env.REPLICA.getByName(name, { locationHint: region }).poll(...copy), DEADLINE_MS, (ms) => scheduler.wait(ms)),
    }));
  }

  /** Who says which epochs there are; tests say another. */
  protected register(): Pick<RegisterApi, "tokensOf"> {
    return { tokensOf: (operator) => within(this.env.REGISTER.getByName(REGISTER_NAME).tokensOf(operator), DEADLINE_MS, (ms) => scheduler.wait(ms)) };
  }

  protected tokenizer(): Pick<TokenizerApi, "advance"> {
    return this.env.TOKENIZER;
  }

  async poke(rows: Rows) {
    return { taken: take(this.#database, this.operator(), rows, random), wanted: false };
  }

  async events(after: number, limit: number) {
    await this.#caughtUp();
    return readPage(this.#database, after, limit, (feedId, stored) => this.#seal(feedId, stored), this.now());
  }

  async digest(day: string) {
    await this.#caughtUp();
    return digest(this.#database, day);
  }

  async receivedOf(ps: readonly Pseudonym[]) {
    return receivedOf(this.#database, ps);
  }

  override async alarm(): Promise<void> {
    const tasks = {
      [PULL_TASK]: (now: Instant) => this.#puller.run(now),
      [KEEP_TASK]: (now: Instant) => keepFeed(this.#database, now),
    };
    await runDue(this.#database, this.ctx.storage, this.now(), tasks, (task, error) => this.#cry(`the task ${task} failed`, errorFacts(error)));
  }

  /** With no Replica there to ask, what is here is answered, and says how old it is. Throws when there is nothing yet. */
  async #caughtUp(): Promise<void> {
    await this.#puller.catchUp().catch((error: unknown) => {
      if (!readPosition(this.#database)) throw error;
      this.#cry("no Replica was there to be asked", errorFacts(error));
    });
  }

  async #seal(feedId: string, stored: Parameters<typeof sealEvents>[2]) {
    if (stored.length === 0) return [];
    const tokens = await this.register().tokensOf(this.operator());
    const { PAIR_KEYS: keyring } = readSettings(FeedSettings, this.env);
    return sealEvents({ keyring, tokenizer: this.tokenizer(), tokens }, feedId, stored);
  }

  #cry(message: string, facts: Record<string, string | number>): void {
    console.error(errorLine("nser-origin", this.now(), `feed ${this.operator()}: ${message}`, facts));
  }
}
