import { DurableObject } from "cloudflare:workers";
import migrations from "../../migrations/person/migrations.js";
import type { SmsSender } from "../../src/adapters/sms/port.ts";
import type { Delivery } from "../../src/domains/exclusions/outbox.ts";
import { SEND_TASK, sendDue } from "../../src/domains/notifications/queue.ts";
import { checksThatFound, DROP_CHECKS_TASK, dropChecks, keepChecks } from "../../src/domains/users/checks.ts";
import { identityReads, readIdentity } from "../../src/domains/users/identities/read.ts";
import type { IdentityApi, IdentityRead } from "../../src/domains/users/identities/rpc.ts";
import type { FoundCheck, PersonApi } from "../../src/domains/users/rpc.ts";
import { accept, recipientOf } from "../../src/domains/users/vault.ts";
import { rewrapVault } from "../../src/domains/users/vault-key.ts";
import type { Instant } from "../../src/kernel/clock.ts";
import { type ObjectDatabase, openDatabase } from "../../src/objects/database.ts";
import { armAlarm, runDue } from "../../src/objects/due.ts";
import { errorFacts, errorLine, random } from "../../src/objects/shell.ts";
import { Envelope } from "../../src/sealing/envelope.ts";
import { PersonSettings, readSettings } from "./environment.ts";
import { smsSender } from "./sms.ts";

/** One citizen's vault: who they are, sealed, and what they are told. */
export class Person extends DurableObject<object> implements PersonApi, IdentityApi {
  readonly #database: ObjectDatabase;
  readonly #envelope: Envelope;
  protected readonly sms: SmsSender;

  constructor(state: DurableObjectState, env: object) {
    super(state, env);
    const settings = readSettings(PersonSettings, env);
    this.#envelope = new Envelope(settings.BOX_KEYS, random);
    this.sms = smsSender(settings);
    this.#database = openDatabase(state, migrations);
  }

  /** The present; tests say another. */
  protected now(): Instant {
    return Date.now();
  }

  async accept(delivery: Delivery) {
    accept(this.#database, this.#envelope, delivery, this.now(), random);
    await armAlarm(this.#database, this.ctx.storage);
    this.ctx.waitUntil(this.alarm());
  }

  async found(checks: readonly FoundCheck[]) {
    keepChecks(this.#database, checks);
    await armAlarm(this.#database, this.ctx.storage);
  }

  async checksThatFound() {
    return checksThatFound(this.#database, this.now());
  }

  async identity(read: IdentityRead) {
    return readIdentity(this.#database, this.#envelope, read);
  }

  async identityReads() {
    return identityReads(this.#database);
  }

  async rewrap() {
    return rewrapVault(this.#database, this.#envelope);
  }

  override async alarm(): Promise<void> {
    const tasks = { [SEND_TASK]: () => this.#send(), [DROP_CHECKS_TASK]: (now: Instant) => dropChecks(this.#database, now) };
    await runDue(this.#database, this.ctx.storage, this.now(), tasks, (task, error) =>
      this.#report(`the task ${task} failed`, errorFacts(error)));
  }

  #send(): Promise<Instant | null> {
    const report = (reason: string): void => this.#report("a message was not taken", { "event.reason": reason });
    const recipient = recipientOf(this.#database, this.#envelope);
    return sendDue(this.#database, recipient, { sms: this.sms, clock: () => this.now(), report });
  }

  #report(message: string, facts: Record<string, string | number>): void {
    console.error(errorLine("nser-origin", this.now(), message, facts));
  }
}
