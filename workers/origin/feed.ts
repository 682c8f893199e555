import { DurableObject } from "cloudflare:workers";
import migrations from "../../migrations/feed/migrations.js";
import { AuditDrain } from "../../src/audit/drain.ts";
import { auditOutbox } from "../../src/audit/outbox.ts";
import { LOG_NAME } from "../../src/audit/rpc.ts";
import type { Pseudonym } from "../../src/bst/kinds.ts";
import type { ReplicaApi } from "../../src/check/feed.ts";
import { chosenBy } from "../../src/check/places.ts";
import { within } from "../../src/check/regions.ts";
import { REGISTER_NAME, type RegisterApi } from "../../src/domains/exclusions/rpc.ts";
import { Acknowledgements } from "../../src/domains/operators/acknowledgements/acknowledgements.ts";
import type { AcknowledgementBatch } from "../../src/domains/operators/acknowledgements/rpc.ts";
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
import { AcknowledgementSettings, type Environment, FeedSettings, readSettings } from "./environment.ts";

const DEADLINE_MS = 2_000;

type Bound = Pick<Environment, "REGISTER" | "REPLICA" | "TOKENIZER" | "AUDIT_LOG">;

/** One operator's events, numbered without a gap, and where they are delivered. */
export class Feed extends DurableObject<Bound> implements FeedApi {
  readonly #database: ObjectDatabase;
  readonly #puller: Puller;
  readonly #telling: AuditDrain;
  readonly #acknowledgements: Acknowledgements;

  constructor(state: DurableObjectState, env: Bound) {
    super(state, env);
    this.#database = openDatabase(state, migrations);
    this.#puller = new Puller({ database: this.#database, operator: this.operator(), replicas: this.replicas(), random });
    this.#telling = new AuditDrain({
      source: "feed",
      database: () => this.#database,
      outbox: (database) => auditOutbox(database, random),
      log: () => env.AUDIT_LOG.getByName(LOG_NAME),
      clock: () => this.now(),
      waitUntil: (promise) => state.waitUntil(promise),
      report: (...line) => this.#cry(...line),
    });
    this.#acknowledgements = new Acknowledgements({
      database: this.#database,
      catchUp: () => this.#puller.catchUp(),
      committed: () => this.#telling.leave(),
      operator: () => this.operator(),
      terms: () => readSettings(AcknowledgementSettings, this.env).ACKNOWLEDGEMENT_TERMS,
      clock: () => this.now(),
      random,
    });
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

  async acknowledge(batch: AcknowledgementBatch) {
    const answer = await this.#acknowledgements.acknowledge(batch);
    await armAlarm(this.#database, this.ctx.storage);
    return answer;
  }

  overdue() {
    return this.#acknowledgements.overdue();
  }

  standing(from: Instant, to: Instant) {
    return this.#acknowledgements.standing(from, to);
  }

  propagated(ps: readonly Pseudonym[], from: Instant, until: Instant) {
    return this.#acknowledgements.propagated(ps, from, until);
  }

  override async alarm(): Promise<void> {
    const tasks = {
      [PULL_TASK]: (now: Instant) => this.#puller.run(now),
      [KEEP_TASK]: (now: Instant) => keepFeed(this.#database, now),
      ...this.#telling.tasks,
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
