import { DurableObject } from "cloudflare:workers";
import migrations from "../../migrations/bell/migrations.js";
import type { ReplicaPlace } from "../../src/check/places.ts";
import { within } from "../../src/check/regions.ts";
import { Ringer } from "../../src/domains/operators/feed/bell/ringer.ts";
import type { BellApi } from "../../src/domains/operators/feed/bell/rpc.ts";
import { addListener, dropListener, listenersIn } from "../../src/domains/operators/feed/bell/store.ts";
import { type Instant, MINUTE } from "../../src/kernel/clock.ts";
import { type ObjectDatabase, openDatabase } from "../../src/objects/database.ts";
import { armAlarm, runDue, setDueOnce } from "../../src/objects/due.ts";
import { errorFacts, errorLine } from "../../src/objects/shell.ts";
import { BellSettings, type Environment, readSettings } from "./environment.ts";

/** The task that waits for rows and passes them on. */
const RING_TASK = "ring";
/** An alarm is over by then, and the next begins. */
const RINGS_FOR = 5 * MINUTE;
/** More than a Replica lets anybody wait. */
const DEADLINE_MS = 25_000;
const POKE_DEADLINE_MS = 5_000;

type Bound = Pick<Environment, "FEED" | "REPLICA">;

const wait = (ms: number): Promise<void> => scheduler.wait(ms);

/** Wakes the feeds that want to be told at once, a moment after Register's commit. */
export class Bell extends DurableObject<Bound> implements BellApi {
  readonly #database: ObjectDatabase;
  /** The first region's first: the others are there should it be away. */
  readonly #places: readonly ReplicaPlace[];
  #next = 0;

  constructor(state: DurableObjectState, env: Bound) {
    super(state, env);
    this.#database = openDatabase(state, migrations);
    this.#places = readSettings(BellSettings, env).REGIONS.flat();
  }

  async join(operator: string) {
    addListener(this.#database, operator);
    await this.keep();
  }

  async leave(operator: string) {
    dropListener(this.#database, operator);
  }

  async keep() {
    if (listenersIn(this.#database).length > 0) setDueOnce(this.#database, RING_TASK, Date.now());
    await armAlarm(this.#database, this.ctx.storage);
  }

  override async alarm(): Promise<void> {
    const tasks = { [RING_TASK]: () => this.#ring() };
    await runDue(this.#database, this.ctx.storage, Date.now(), tasks, (task, error) => this.#cry(`the task ${task} failed`, error));
  }

  async #ring(): Promise<Instant | null> {
    const { FEED } = this.env;
    const ringer = new Ringer({
      news: (...copy) => this.#news(...copy),
      listeners: () => listenersIn(this.#database),
      poke: (operator, rows) => within(FEED.getByName(operator).poke(rows), POKE_DEADLINE_MS, wait),
      left: (operator) => dropListener(this.#database, operator),
      clock: Date.now, wait,
      report: (what, error) => this.#cry(what, error),
    });
    await ringer.ring(Date.now() + RINGS_FOR);
    return listenersIn(this.#database).length > 0 ? Date.now() : null;
  }

  /** The one asked last is asked again; after one that failed the next. */
  async #news(...copy: Parameters<ReturnType<Environment["REPLICA"]["getByName"]>["news"]>) {
    const { name, region } = this.#places[this.#next % this.#places.length]!;
    try {
      return await within(this.env.REPLICA.getByName(name, { locationHint: region }).news(...copy), DEADLINE_MS, wait);
    } catch (error) {
      this.#next++;
      throw error;
    }
  }

  #cry(message: string, error: unknown): void {
    console.error(errorLine("nser-origin", Date.now(), `bell: ${message}`, errorFacts(error)));
  }
}
