/** The audit log's own code over SQLite and a bucket in this process, whose writes fail, or are the last, as a test says. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/durable-sqlite";
import type { LogEntry } from "../../src/audit/entry.ts";
import { CHECKPOINT, type LogBucket, tileKey } from "../../src/audit/log/bucket.ts";
import { Log, type LogParts } from "../../src/audit/log/log.ts";
import { type Instant, SECOND } from "../../src/kernel/clock.ts";
import { uuidv7 } from "../../src/kernel/ids.ts";
import type { ObjectDatabase } from "../../src/objects/database.ts";
import { armAlarm, runDue } from "../../src/objects/due.ts";
import { random } from "../../src/objects/shell.ts";
import { ObjectStorage } from "../../src/simulation/storage.ts";
import { parsePolicy, type Policy } from "../../src/tlog/policy.ts";
import { logSigner } from "../../src/tlog/sign.ts";
import { parseTilePath } from "../../src/tlog/tiles.ts";
import type { ReadLog } from "./check-log.ts";

const MIGRATIONS = join(import.meta.dirname, "../../migrations/audit-log");

/** What becomes of one write: `killed` is the last of its life, and happened. */
export const FAULTS = ["fails", "fails but happened", "killed"] as const;
export type Fault = (typeof FAULTS)[number];

/** Counts the writes of all lives, and lets one of them go wrong. */
export class Writes {
  /** What was written, in order. */
  readonly done: string[] = [];
  readonly #at: number;
  readonly #fault: Fault;

  constructor(at = -1, fault: Fault = "fails") {
    this.#at = at;
    this.#fault = fault;
  }

  carryOut<T>(what: string, act: () => T, kill: () => void): T {
    const fault = this.done.push(what) - 1 === this.#at ? this.#fault : null;
    if (fault === "fails") throw new Error(`${what} fails`);
    const answer = act();
    if (fault === "killed") kill();
    if (fault) throw new Error(`${what} failed, but happened`);
    return answer;
  }
}

/** The log's bucket, which outlives the object. */
class LogBucketHere {
  readonly objects = new Map<string, { bytes: Uint8Array; etag: string }>();
  away = false;
  #puts = 0;

  put(key: string, bytes: Uint8Array): string {
    const etag = String(++this.#puts);
    this.objects.set(key, { bytes: bytes.slice(), etag });
    return etag;
  }

  /** As everybody reads it. */
  readonly read: ReadLog = async (path) => {
    const tile = parseTilePath(path);
    return this.objects.get(tile ? tileKey(tile) : path)?.bytes ?? null;
  };

  copy(): LogBucketHere {
    const copy = new LogBucketHere();
    for (const [key, { bytes }] of this.objects) copy.put(key, bytes);
    return copy;
  }
}

const ORIGIN = "log.test/log";
const SEED = new Uint8Array(32).fill(4);

export const entry = (at: Instant = Date.UTC(2100, 0, 1)): LogEntry => ({ id: uuidv7(at, random), at, action: "exclusion.created", commitment: "A".repeat(43) });
export const entries = (count: number, at?: Instant): LogEntry[] => Array.from({ length: count }, () => entry(at));

const immediately = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** One object from its start to its end. */
class Life {
  isOver = false;
  log!: Log;
  readonly #world: LogWorld;
  readonly #storage: ObjectStorage;
  readonly database: ObjectDatabase;
  #inTransaction = false;

  constructor(world: LogWorld) {
    this.#world = world;
    this.#storage = world.storage;
    this.database = drizzle(this.storage as never) as unknown as ObjectDatabase;
  }

  readonly storage = {
    sql: {
      exec: (query: string, ...values: unknown[]) => {
        this.#mustLive();
        const run = () => this.#storage.sql.exec(query, ...values);
        return this.#inTransaction || /^\s*select/i.test(query) ? run() : this.#write(query.replace(/^(\w+)( into| from)? "(\w+)".*/s, "$1 $3"), run);
      },
    },
    transactionSync: <T>(work: () => T): T => {
      this.#mustLive();
      this.#inTransaction = true;
      try {
        return this.#write("a transaction", () => this.#storage.transactionSync(work));
      } finally {
        this.#inTransaction = false;
      }
    },
    setAlarm: (at: Instant) => this.#storage.setAlarm(at),
    deleteAlarm: () => this.#storage.deleteAlarm(),
  };

  readonly #bucket: LogBucket = {
    putNew: (key, bytes) => this.#ask(() => this.#write(key, () => !this.#world.bucket.objects.has(key) && this.#world.bucket.put(key, bytes) !== "")),
    get: (key) => this.#ask(() => this.#world.bucket.objects.get(key) ?? null),
    replace: (key, bytes, etag) =>
      this.#ask(() => this.#write(key, () => ((this.#world.bucket.objects.get(key)?.etag ?? null) === etag ? this.#world.bucket.put(key, bytes) : null))),
  };

  async begin(parts: Partial<LogParts>): Promise<void> {
    this.log = new Log({
      database: this.database, bucket: this.#bucket, signer: await logSigner(ORIGIN, SEED), witnesses: "", random,
      clock: () => this.#world.now,
      wait: immediately,
      waitUntil: (promise) => void promise.catch(() => undefined),
      arm: () => armAlarm(this.database, this.storage as never),
      report: (message, facts) => this.#world.reports.push(`${message} ${JSON.stringify(facts)}`),
      cosign: async () => ({ signatures: [], missing: [] }),
      ...parts,
    });
    await this.log.begin();
  }

  alarm = () => runDue(this.database, this.storage as never, this.#world.now, this.log.publishing.tasks, (task, error) => this.#world.reports.push(`${task} ${String(error)}`));

  #mustLive(): void {
    if (this.isOver) throw new Error("the object is no more");
  }

  #write = <T>(what: string, act: () => T): T => this.#world.writes.carryOut(what, act, () => (this.isOver = true));

  async #ask<T>(act: () => T): Promise<T> {
    await immediately();
    this.#mustLive();
    if (this.#world.bucket.away) throw new Error("the bucket is unreachable");
    return act();
  }
}

/** A log that is begun anew whenever its life is over. */
export class LogWorld {
  storage = new ObjectStorage();
  bucket = new LogBucketHere();
  now: Instant = Date.UTC(2100, 0, 1);
  readonly reports: string[] = [];
  writes = new Writes();
  readonly #parts: Partial<LogParts>;
  #life: Life | null = null;
  #beginning: Promise<Life> | null = null;

  constructor(parts: Partial<LogParts> = {}) {
    this.#parts = parts;
    for (const file of globSync(`${MIGRATIONS}/*.sql`).toSorted()) {
      for (const statement of readFileSync(file, "utf8").split("--> statement-breakpoint")) this.storage.rows(statement);
    }
  }

  /** The living log. Throws when it cannot begin. */
  async log(): Promise<Log> {
    return (await this.#living()).log;
  }

  async #living(): Promise<Life> {
    if (this.#life && !this.#life.isOver) return this.#life;
    this.#beginning ??= this.#begun().finally(() => (this.#beginning = null));
    return this.#beginning;
  }

  async #begun(): Promise<Life> {
    const life = new Life(this);
    await life.begin(this.#parts);
    return (this.#life = life);
  }

  /** What was only in memory is gone. */
  restart(): void {
    if (this.#life) this.#life.isOver = true;
  }

  /** Lets so much time pass, and what is due be done. */
  async pass(ms: number): Promise<void> {
    this.now += ms;
    await (await this.#living()).alarm();
  }

  /** As sources do: again until it is acknowledged. */
  async appended(batch: readonly LogEntry[]): Promise<number[]> {
    for (let attempt = 0; attempt < 10; attempt++) {
      const answer = await this.log().then((log) => log.append("register", batch)).catch(() => null);
      if (answer?.ok) return answer.indexes;
      this.now += 11 * SECOND;
    }
    throw new Error("never acknowledged");
  }

  /** Until everything is published. */
  async published(): Promise<void> {
    for (let attempt = 0; attempt < 10; attempt++) {
      await this.pass(11 * SECOND).catch(() => undefined);
      const status = await this.log().then((log) => log.status()).catch(() => null);
      if (status && status.published === status.size && this.bucket.objects.has(CHECKPOINT)) return;
    }
    throw new Error("never published");
  }

  async policy(): Promise<Policy> {
    const parsed = parsePolicy(await (await this.log()).policy());
    if (!parsed.ok) throw new Error(parsed.refusal);
    return parsed.policy;
  }

  /** Everything the object has stored, to be put back later. */
  save = () => this.storage.save();

  /** How large the storage is, in bytes. */
  bytes(): number {
    const [[pages, size]] = this.storage.rows("select page_count, page_size from pragma_page_count(), pragma_page_size()") as [[number, number]];
    return pages * size;
  }
}
