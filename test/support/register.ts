/** Register's own code over SQLite in this process, under a clock that stands still until a test moves it. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/durable-sqlite";
import type { CitizenParts } from "../../src/domains/exclusions/citizen/index.ts";
import * as exclusions from "../../src/domains/exclusions/index.ts";
import { changes } from "../../src/domains/exclusions/log/tables.ts";
import { renewLog } from "../../src/domains/exclusions/log/store.ts";
import type { EndingApi, EndingCommand, EndingResult } from "../../src/domains/exclusions/ending-rpc.ts";
import type { Receipt, RegisterCommand, RegisterResult, StatedIdentifier } from "../../src/domains/exclusions/model.ts";
import type { ChosenPolicy } from "../../src/domains/exclusions/policies.ts";
import type { ProjectionApi } from "../../src/domains/exclusions/projection/rpc.ts";
import { mergeStranded } from "../../src/domains/exclusions/recovery/merge.ts";
import * as tables from "../../src/domains/exclusions/tables.ts";
import * as who from "../../src/domains/exclusions/who/tables.ts";
import { deliveries } from "../../src/domains/exclusions/deliveries/tables.ts";
import * as directory from "../../src/domains/operators/directory.ts";
import * as epochs from "../../src/domains/operators/epochs.ts";
import { DAY, type Instant, type Random } from "../../src/kernel/clock.ts";
import type { ObjectDatabase } from "../../src/objects/database.ts";
import { audit } from "../../src/objects/audit.ts";
import { commands } from "../../src/objects/commands.ts";
import { random } from "../../src/objects/shell.ts";
import { ObjectStorage } from "../../src/simulation/storage.ts";

const MIGRATIONS = join(import.meta.dirname, "../../migrations/register");
const SETTINGS = { provisionalDays: 14 };
const ACTS = { askToEnd: exclusions.askToEnd, confirmEnding: exclusions.confirmEnding, keep: exclusions.keep };
const ENDING = { waitDays: 7, openDays: 30 };

/** A pseudonym that differs from every other in its first bytes. */
export function pseudonym(number: number): Uint8Array {
  const p = new Uint8Array(16).fill(7);
  new DataView(p.buffer).setUint32(0, number);
  return p;
}

export const phone = (number: number): StatedIdentifier => ({ p: pseudonym(number), kind: "msisdn", evidence: "code" });
export const typed = (number: number): StatedIdentifier => ({ p: pseudonym(1_000_000 + number), kind: "national_id", evidence: "typed" });

declare global {
  /** The platform's own types are not of this program: here a storage is SQLite in this process. */
  type DurableObjectStorage = ObjectStorage;
  interface DurableObjectState {
    storage: DurableObjectStorage;
    blockConcurrencyWhile(work: () => Promise<unknown>): Promise<void>;
  }
}

/** What all of Register's migrations lead to: statements that make it in one go. */
const SCHEMA = ((): string[] => {
  const storage = new ObjectStorage();
  for (const file of globSync("*.sql", { cwd: MIGRATIONS }).toSorted()) {
    for (const statement of readFileSync(join(MIGRATIONS, file), "utf8").split("--> statement-breakpoint")) storage.rows(statement);
  }
  const made = storage.rows("select sql from sqlite_master where sql is not null and name not like 'sqlite_%' order by rowid");
  return made.map(([statement]) => String(statement));
})();

export class RegisterHere implements ProjectionApi {
  readonly #storage = new ObjectStorage();
  readonly #database = drizzle(this.#storage as DurableObjectStorage);
  #commands = 0;
  now: Instant = Date.UTC(2100, 0, 1, 6);

  constructor() {
    for (const statement of SCHEMA) this.#storage.rows(statement);
    exclusions.beginLog(this.#database, random);
  }

  async projection(after: number, limit: number) {
    return structuredClone(exclusions.projection(this.#database, directory.listedRows, after, limit, this.now));
  }

  #id = (): string => `c${++this.#commands}`;

  /** A command to exclude the nth phone's holder, with the document of that number: given again, it is the same command again. */
  toRegister(n: number, policy: ChosenPolicy, document: number | null = null, more: Partial<RegisterCommand> = {}): () => RegisterResult {
    const identifiers = [phone(n), ...(document === null ? [] : [typed(document)])] as [StatedIdentifier];
    const command = { commandId: this.#id(), policy, channel: "web" as const, identifiers, box: null, ...more };
    return () => exclusions.register(this.#database, command, this.now, random, SETTINGS);
  }

  toExtend(n: number, policy: ChosenPolicy): () => RegisterResult {
    const command = { commandId: this.#id(), policy, channel: "web" as const, phone: phone(n).p };
    return () => exclusions.extend(this.#database, command, this.now, random, SETTINGS);
  }

  /** A command of the nth phone's holder on what is in force under this reference. */
  toAct(act: keyof EndingApi, n: number, reference: string, more: Partial<EndingCommand> = {}): () => EndingResult {
    const command = { commandId: this.#id(), phone: phone(n).p, reference, channel: "web" as const, ...more };
    return () => ACTS[act](this.#database, command, this.now, random, ENDING);
  }

  /** Excludes the nth phone's holder, with the document of that number, and answers the reference. */
  register(...asked: Parameters<RegisterHere["toRegister"]>): string {
    const done = this.toRegister(...asked)();
    if (!done.ok) throw new Error(done.refusal);
    return done.receipt.reference;
  }

  /** What the nth phone's holder is shown, newest first. */
  receipts = (n: number): Receipt[] => exclusions.exclusionsOf(this.#database, phone(n).p, this.now);

  /** Everything persons were told so far, in order. */
  notices(): { template: string; at: Instant }[] {
    return this.rows("select createdAt, notice from deliveries where notice is not null order by position")
      .map(({ createdAt, notice }) => ({ template: (JSON.parse(String(notice)) as { template: string }).template, at: Number(createdAt) }));
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
    epochs.rotateEpoch(this.#database, { commandId: this.#id(), fingerprint: "f", operator }, { scheduled: DAY, compromised: 0 }, this.now, random);
  }

  /** Lets time go by, and what is due happen. */
  wait(ms: number): void {
    this.now += ms;
    exclusions.dropIdentifiers(this.#database, this.now, random);
    while ((exclusions.wakeExclusions(this.#database, this.now, random) ?? Infinity) <= this.now);
    epochs.retireEpochs(this.#database, this.now, random);
  }

  /** Does something that then never happened. */
  trying(work: () => void): void {
    const { now } = this;
    const undone = new Error("undone");
    try {
      this.#storage.transactionSync(() => {
        work();
        throw undone;
      });
    } catch (error) {
      if (error !== undone) throw error;
    } finally {
      this.now = now;
    }
  }

  /** Every pseudonym that is excluded, in hexadecimal. */
  covered = (): string[] => this.#storage.rows("select hex(p) from covered order by p").map(([p]) => String(p));

  /** What happens from now on is lost when the answer is called: Register is restored without it, under another log. */
  losingWhatFollows(): () => void {
    const saved = this.#storage.save();
    return () => {
      this.#storage.restore(saved);
      renewLog(this.#database, 0, random);
    };
  }

  /** Another Register that holds the same, and goes on by itself. */
  twin(): RegisterHere {
    const twin = new RegisterHere();
    twin.#storage.restore(this.#storage.save());
    twin.now = this.now;
    twin.#commands = this.#commands + 1_000;
    return twin;
  }

  /** Takes in what another one took on, as a restoration does with what was put aside. */
  takeIn(other: RegisterHere): void {
    const of = other.#database;
    mergeStranded(this.#database, {
      holders: of.select().from(tables.phoneHolders).all(), exclusions: of.select().from(tables.exclusions).all(),
      identifiers: of.select().from(tables.exclusionIdentifiers).all(), extensions: of.select().from(tables.extensions).all(),
      crossReferences: of.select().from(tables.crossReferences).all(), deliveries: of.select().from(deliveries).all(),
      tokenHoldings: of.select().from(who.tokenHoldings).all(), holdingConsents: of.select().from(who.holdingConsents).all(),
      commands: of.select().from(commands).all(), audit: of.select().from(audit).all(), changes: of.select().from(changes).all(),
    }, this.now);
  }

  /** Every row of a query on its storage. */
  rows(query: string): Record<string, unknown>[] {
    return this.#storage.sql.exec(query).toArray();
  }

  /** What origin asks of it for a citizen. */
  readonly asOriginAsks: CitizenParts["register"] = {
    register: async (command) => exclusions.register(this.#database, command, this.now, random, SETTINGS),
    extend: async (command) => exclusions.extend(this.#database, command, this.now, random, SETTINGS),
    holderOf: async (p) => exclusions.holderOf(this.#database, p),
    exclusionsOf: async (p) => exclusions.exclusionsOf(this.#database, p, this.now),
    historyOf: async (p, reference) => exclusions.historyOf(this.#database, p, reference),
    loggedStepsOf: async (p, reference) => exclusions.loggedStepsOf(this.#database, p, reference),
    askToEnd: async (command) => exclusions.askToEnd(this.#database, command, this.now, random, ENDING),
    confirmEnding: async (command) => exclusions.confirmEnding(this.#database, command, this.now, random, ENDING),
    keep: async (command) => exclusions.keep(this.#database, command, this.now, random, ENDING),
  };
}
