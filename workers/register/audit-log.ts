import { DurableObject } from "cloudflare:workers";
import migrations from "../../migrations/audit-log/migrations.js";
import type { AuditSource, LogEntry } from "../../src/audit/entry.ts";
import { Log } from "../../src/audit/log/log.ts";
import { logBucketOf } from "../../src/audit/log/r2.ts";
import type { AuditLogApi } from "../../src/audit/rpc.ts";
import { readWitnesses, Witnesses } from "../../src/audit/witnesses.ts";
import type { Instant } from "../../src/kernel/clock.ts";
import { parseSigningKey } from "../../src/kernel/ed25519.ts";
import { type ObjectDatabase, openDatabase } from "../../src/objects/database.ts";
import { armAlarm, runDue } from "../../src/objects/due.ts";
import { errorFacts, errorLine, random } from "../../src/objects/shell.ts";
import { logSigner } from "../../src/tlog/sign.ts";
import type { LogEnvironment } from "./environment.ts";

/** The audit log: one object, one tree. */
export class AuditLog extends DurableObject<LogEnvironment> implements AuditLogApi {
  readonly #database: ObjectDatabase;
  /** There before anything is asked. */
  #log!: Log;

  constructor(state: DurableObjectState, env: LogEnvironment) {
    super(state, env);
    this.#database = openDatabase(state, migrations);
    const { cosign } = new Witnesses(readWitnesses(env.LOG_WITNESSES), (url, init) => fetch(url, init));
    void state.blockConcurrencyWhile(async () => {
      const signer = await logSigner(env.LOG_ORIGIN, parseSigningKey(env.LOG_KEY, "LOG_KEY").seed);
      this.#log = new Log({
        database: this.#database, bucket: logBucketOf(env.LOG), signer, witnesses: env.LOG_WITNESSES, cosign, random,
        clock: () => this.now(),
        wait: (ms) => scheduler.wait(ms),
        waitUntil: (promise) => state.waitUntil(promise),
        arm: () => armAlarm(this.#database, state.storage),
        report: (...line) => this.#report(...line),
      });
      await this.#log.begin();
    });
  }

  /** The present; tests say another. */
  protected now(): Instant {
    return Date.now();
  }

  /** Where error lines go; tests read them. */
  protected write(line: string): void {
    console.error(line);
  }

  async append(source: AuditSource, entries: readonly LogEntry[]) {
    return this.#log.append(source, entries);
  }

  async find(ids: readonly string[]) {
    return this.#log.find(ids);
  }

  async checkpoint() {
    return this.#log.checkpoint();
  }

  async prove(index: number) {
    return this.#log.prove(index);
  }

  async status() {
    return this.#log.status();
  }

  async policy() {
    return this.#log.policy();
  }

  override async alarm(): Promise<void> {
    await runDue(this.#database, this.ctx.storage, this.now(), this.#log.publishing.tasks, (task, error) =>
      this.#report(`the log's task ${task} failed`, errorFacts(error)));
  }

  #report(message: string, facts: Record<string, string | number>): void {
    this.write(errorLine("nser-register", this.now(), message, facts));
  }
}
