import { DurableObject } from "cloudflare:workers";
import migrations from "../../migrations/feed/migrations.js";
import { AuditDrain } from "../../src/audit/drain.ts";
import { auditOutbox } from "../../src/audit/outbox.ts";
import { LOG_NAME } from "../../src/audit/rpc.ts";
import type { Keyring } from "../../src/bst/keyring.ts";
import type { Pseudonym } from "../../src/bst/kinds.ts";
import type { ReplicaApi } from "../../src/check/feed.ts";
import { chosenBy, type ReplicaPlace } from "../../src/check/places.ts";
import { within } from "../../src/check/regions.ts";
import { REGISTER_NAME, type RegisterApi } from "../../src/domains/exclusions/rpc.ts";
import { BELL_NAME } from "../../src/domains/operators/feed/bell/rpc.ts";
import * as endpoints from "../../src/domains/operators/feed/endpoints/index.ts";
import { KnownTokens } from "../../src/domains/operators/feed/known-tokens.ts";
import { KEEP_TASK, keepFeed } from "../../src/domains/operators/feed/keep.ts";
import type { StoredEvent } from "../../src/domains/operators/feed/model.ts";
import { PULL_TASK, Puller } from "../../src/domains/operators/feed/pull.ts";
import { digest, readPage } from "../../src/domains/operators/feed/read.ts";
import { receivedOf } from "../../src/domains/operators/feed/received.ts";
import type { FeedApi } from "../../src/domains/operators/feed/rpc.ts";
import { sealEvents } from "../../src/domains/operators/feed/seal.ts";
import { readPosition } from "../../src/domains/operators/feed/store.ts";
import { type Instant, MINUTE, SECOND } from "../../src/kernel/clock.ts";
import { type ObjectDatabase, openDatabase } from "../../src/objects/database.ts";
import { armAlarm, runDue, setDue, setDueOnce } from "../../src/objects/due.ts";
import { errorFacts, errorLine, random } from "../../src/objects/shell.ts";
import { Envelope } from "../../src/sealing/envelope.ts";
import { type Environment, FeedSettings, readSettings } from "./environment.ts";

const DEADLINE_MS = 2_000;
/** The task that says whether pokes are wanted here. */
const LISTEN_TASK = "listen";
/** How often the log is asked for though nobody poked: where somebody is to be told at once, and where they fetch by themselves. */
const [PULLED_EVERY, PULLED_SELDOM] = [15 * SECOND, 10 * MINUTE];

type Bound = Pick<Environment, "AUDIT_LOG" | "BELL" | "REGISTER" | "REPLICA" | "TOKENIZER">;
type Verb<Name extends keyof FeedApi> = Parameters<FeedApi[Name]>[0];

const wait = (ms: number): Promise<void> => scheduler.wait(ms);

/** One operator's events, numbered without a gap, and where they are delivered. */
export class Feed extends DurableObject<Bound> implements FeedApi {
  readonly #database: ObjectDatabase;
  readonly #puller: Puller;
  readonly #deliverer: endpoints.Deliverer;
  readonly #telling: AuditDrain;
  readonly #parts: endpoints.EndpointParts;
  readonly #keyring: Keyring;
  readonly #tokens: KnownTokens;
  /** For when the delivering task is due, as far as this object knows: writing it again costs a commit. */
  #armedFor: Instant | null | undefined;

  constructor(state: DurableObjectState, env: Bound) {
    super(state, env);
    const { BOX_KEYS, PAIR_KEYS, PUBLIC_URL, WEBHOOK_LOOPBACK } = readSettings(FeedSettings, env);
    this.#database = openDatabase(state, migrations);
    const [database, operator, clock, cry] = [this.#database, this.operator(), () => this.now(), this.#cry.bind(this)];
    const waitUntil = (promise: Promise<void>): void => state.waitUntil(promise);
    this.#keyring = PAIR_KEYS;
    this.#tokens = new KnownTokens(() => this.register().tokensOf(operator), clock);
    this.#puller = new Puller({ database, operator, replicas: this.replicas(), random, rotated: () => this.#tokens.forget() });
    this.#parts = {
      database, operator, random, envelope: new Envelope(BOX_KEYS, random),
      sending: { fetch: (...request) => this.send(...request), clock, deadline: (ms) => this.deadline(ms), terms: { own: new URL(PUBLIC_URL).hostname, loopback: WEBHOOK_LOOPBACK === "allowed" } },
    };
    this.#deliverer = new endpoints.Deliverer({
      ...this.#parts, waitUntil, cry, draw: Math.random, seal: (...page) => this.#seal(...page), settled: () => this.#settled(),
      report: (error) => cry("a message could not be made", errorFacts(error)),
    });
    this.#telling = new AuditDrain({
      source: "feed", database: () => database, outbox: (of) => auditOutbox(of, random), log: () => env.AUDIT_LOG.getByName(LOG_NAME), clock, waitUntil, report: cry,
    });
    void state.blockConcurrencyWhile(async () => {
      for (const task of [PULL_TASK, KEEP_TASK, LISTEN_TASK]) setDueOnce(database, task, this.now());
      await armAlarm(database, state.storage);
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

  /** Sends a message; tests have it go nowhere. */
  protected send(url: string, init: RequestInit): Promise<Response> {
    return fetch(url, init);
  }

  /** When a message is given up; tests wait less. */
  protected deadline(ms: number): AbortSignal {
    return AbortSignal.timeout(ms);
  }

  /** Where error lines go; tests read them. */
  protected write(line: string): void {
    console.error(line);
  }

  /** Who is asked for rows, the nearest first. */
  protected replicas(): Pick<ReplicaApi, "first" | "poll">[] {
    const { REGIONS } = readSettings(FeedSettings, this.env);
    const stub = ({ name, region }: ReplicaPlace) => this.env.REPLICA.getByName(name, { locationHint: region });
    return chosenBy(Math.random(), REGIONS).map((place) => ({
      poll: (...copy) => within(stub(place).poll(...copy), DEADLINE_MS, wait),
      first: (question) => within(stub(place).first(question), DEADLINE_MS, wait),
    }));
  }

  /** Who says which epochs the operator's tokens are of. */
  protected register(): Pick<RegisterApi, "tokensOf"> {
    return { tokensOf: (operator) => within(this.env.REGISTER.getByName(REGISTER_NAME).tokensOf(operator), DEADLINE_MS, wait) };
  }

  async poke(rows: Verb<"poke">) {
    const taken = await this.#puller.takeOrPull(rows);
    await this.#tell();
    return { taken, wanted: endpoints.hasActive(this.#database) };
  }

  async events(after: number, limit: number) {
    await this.#caughtUp();
    return readPage(this.#database, after, limit, (...page) => this.#seal(...page), this.now());
  }

  async digest(day: string) {
    await this.#caughtUp();
    return digest(this.#database, day);
  }

  async receivedOf(ps: readonly Pseudonym[]) {
    return receivedOf(this.#database, ps);
  }

  async endpoints() {
    return endpoints.shownEndpoints(this.#database, this.now());
  }

  async registerEndpoint(command: Verb<"registerEndpoint">) {
    await this.#caughtUp();
    return this.#changed(await endpoints.registerEndpoint(this.#parts, command, this.now()));
  }

  async changeEndpoint(command: Verb<"changeEndpoint">) {
    return this.#changed(await endpoints.changeEndpoint(this.#parts, command, this.now()));
  }

  async removeEndpoint(command: Verb<"removeEndpoint">) {
    return this.#changed(endpoints.removeEndpoint(this.#parts, command, this.now()));
  }

  async rotateSecret(command: Verb<"rotateSecret">) {
    return this.#changed(endpoints.rotateSecret(this.#parts, command, this.now()));
  }

  async testEndpoint(command: Verb<"testEndpoint">) {
    const answer = await endpoints.testEndpoint(this.#parts, command, this.now());
    this.#telling.leave();
    return answer;
  }

  async replay(command: Verb<"replay">) {
    return this.#changed(endpoints.replay(this.#parts, command, this.now()));
  }

  async deliveries(endpoint: string, before: number, limit: number) {
    return endpoints.shownDeliveries(this.#database, endpoint, before, limit);
  }

  override async alarm(): Promise<void> {
    const tasks = {
      [PULL_TASK]: (now: Instant) => this.#pull(now),
      [KEEP_TASK]: (now: Instant) => keepFeed(this.#database, now),
      [LISTEN_TASK]: () => this.#listen(),
      [endpoints.DELIVER_TASK]: (now: Instant) => this.#deliverer.run(now),
      ...this.#telling.tasks,
    };
    await runDue(this.#database, this.ctx.storage, this.now(), tasks, (task, error) => this.#cry(`the task ${task} failed`, errorFacts(error)));
    this.#armedFor = undefined;
  }

  async #pull(now: Instant): Promise<Instant> {
    await this.#puller.catchUp();
    await this.#tell();
    return now + (endpoints.hasActive(this.#database) ? PULLED_EVERY : PULLED_SELDOM);
  }

  /** Pokes are wanted while there is somebody to be told at once. */
  async #listen(): Promise<null> {
    const bell = this.env.BELL.getByName(BELL_NAME);
    await (endpoints.hasActive(this.#database) ? bell.join(this.operator()) : bell.leave(this.operator()));
    return null;
  }

  /** Begins to tell whoever has not had everything. */
  async #tell(): Promise<void> {
    endpoints.wakeIdle(this.#database, readPosition(this.#database)?.head ?? 0, this.now());
    this.#deliverer.run(this.now());
    await this.#settled();
  }

  async #settled(): Promise<void> {
    this.#telling.leave();
    const next = endpoints.nextDue(this.#database);
    if (next === this.#armedFor) return;
    this.#armedFor = next;
    setDue(this.#database, endpoints.DELIVER_TASK, next);
    await armAlarm(this.#database, this.ctx.storage);
  }

  /** After a verb: whoever is there now is told, and pokes are asked for or not. */
  async #changed<Answer extends { ok: boolean }>(answer: Answer): Promise<Answer> {
    if (!answer.ok) return answer;
    for (const task of [LISTEN_TASK, PULL_TASK]) setDue(this.#database, task, this.now());
    await this.#tell();
    return answer;
  }

  /** With no Replica there to ask, what is here is answered, and says how old it is. Throws when there is nothing yet. */
  async #caughtUp(): Promise<void> {
    try {
      await this.#puller.catchUp();
      await this.#tell();
    } catch (error) {
      if (!readPosition(this.#database)) throw error;
      this.#cry("no Replica was there to be asked", errorFacts(error));
    }
  }

  async #seal(feedId: string, stored: readonly StoredEvent[]) {
    if (stored.length === 0) return [];
    return sealEvents({ keyring: this.#keyring, tokenizer: this.env.TOKENIZER, tokens: await this.#tokens.read() }, feedId, stored);
  }

  #cry(message: string, facts: Record<string, string | number>): void {
    this.write(errorLine("nser-origin", this.now(), `feed: ${message}`, { operator: this.operator(), ...facts }));
  }
}
