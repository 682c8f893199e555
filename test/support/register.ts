/** Register's own code over SQLite in this process, under a clock that stands still until a test moves it. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/durable-sqlite";
import * as exclusions from "../../src/domains/exclusions/index.ts";
import { renewLog } from "../../src/domains/exclusions/log/store.ts";
import type { StatedIdentifier } from "../../src/domains/exclusions/model.ts";
import type { ChosenPolicy } from "../../src/domains/exclusions/policies.ts";
import type { ProjectionApi } from "../../src/domains/exclusions/projection/rpc.ts";
import * as directory from "../../src/domains/operators/directory.ts";
import * as epochs from "../../src/domains/operators/epochs.ts";
import { DAY, type Instant, type Random } from "../../src/kernel/clock.ts";
import type { ObjectDatabase } from "../../src/objects/database.ts";
import { random } from "../../src/objects/shell.ts";
import { ObjectStorage } from "../../src/simulation/storage.ts";

const MIGRATIONS = join(import.meta.dirname, "../../migrations/register");
const SETTINGS = { provisionalDays: 14 };

/** A pseudonym that differs from every other in its first bytes. */
export function pseudonym(number: number): Uint8Array {
  const p = new Uint8Array(16).fill(7);
  new DataView(p.buffer).setUint32(0, number);
  return p;
}

const phone = (number: number): StatedIdentifier => ({ p: pseudonym(number), kind: "msisdn", evidence: "code" });
const typed = (number: number): StatedIdentifier => ({ p: pseudonym(1_000_000 + number), kind: "national_id", evidence: "typed" });

declare global {
  /** The platform's own types are not of this program: here a storage is SQLite in this process. */
  type DurableObjectStorage = ObjectStorage;
  interface DurableObjectState {
    storage: DurableObjectStorage;
    blockConcurrencyWhile(work: () => Promise<unknown>): Promise<void>;
  }
}

export class RegisterHere implements ProjectionApi {
  readonly #storage = new ObjectStorage();
  readonly #database = drizzle(this.#storage as DurableObjectStorage);
  #commands = 0;
  now: Instant = Date.UTC(2100, 0, 1, 6);

  constructor() {
    const files = globSync("*.sql", { cwd: MIGRATIONS }).toSorted();
    for (const file of files) {
      for (const statement of readFileSync(join(MIGRATIONS, file), "utf8").split("--> statement-breakpoint")) this.#storage.rows(statement);
    }
    exclusions.beginLog(this.#database, random);
  }

  async projection(after: number, limit: number) {
    return structuredClone(exclusions.projection(this.#database, directory.listedRows, after, limit, this.now));
  }

  #id = (): string => `c${++this.#commands}`;

  /** Excludes the nth phone's holder, with the document of that number, and answers the reference. */
  register(n: number, policy: ChosenPolicy, document: number | null = null): string {
    const identifiers = [phone(n), ...(document === null ? [] : [typed(document)])] as [StatedIdentifier];
    const done = exclusions.register(this.#database, { commandId: this.#id(), policy, channel: "web", identifiers, box: null }, this.now, random, SETTINGS);
    if (!done.ok) throw new Error(done.refusal);
    return done.receipt.reference;
  }

  /** One of Register's verbs, at this moment. */
  carryOut = <Answer>(verb: (database: ObjectDatabase, now: Instant, random: Random) => Answer): Answer => verb(this.#database, this.now, random);

  enrol(name: string): string {
    const done = directory.enrolOperator(this.#database, { commandId: this.#id(), fingerprint: "f", name, requiredKinds: ["msisdn"] }, this.now, random);
    if (!done.ok) throw new Error(done.refusal);
    return done.operator.id;
  }

  issueKey(operator: string, networks: string[] = []): string {
    const commandId = this.#id();
    const terms = { scopes: ["checks" as const], expiresAt: null, networks, perSecond: 5, perDay: 50 };
    const command = { commandId, fingerprint: "f", operator, hash: `hash of ${commandId}`, sealedReply: new Uint8Array([9]), terms };
    const done = directory.issueKey(this.#database, command, this.now, random);
    if (!done.ok) throw new Error(done.refusal);
    return done.keyId;
  }

  revokeKey(operator: string, keyId: string): void {
    directory.revokeKey(this.#database, { operator, keyId }, this.now, random);
  }

  rotate(operator: string): void {
    epochs.rotateEpoch(this.#database, { commandId: this.#id(), fingerprint: "f", operator }, this.now + DAY, this.now, random);
  }

  /** Lets time go by, and what is due happen. */
  wait(ms: number): void {
    this.now += ms;
    exclusions.dropIdentifiers(this.#database, this.now, random);
    while ((exclusions.wakeExclusions(this.#database, this.now, random) ?? Infinity) <= this.now);
    epochs.retireEpochs(this.#database, this.now, random);
  }

  /** What happens from now on is lost when the answer is called: Register is restored without it, under another log. */
  losingWhatFollows(): () => void {
    const saved = this.#storage.save();
    return () => {
      this.#storage.restore(saved);
      renewLog(this.#database, 0, random);
    };
  }

  /** Every row of a query on its storage. */
  rows(query: string): Record<string, unknown>[] {
    return this.#storage.sql.exec(query).toArray();
  }
}
