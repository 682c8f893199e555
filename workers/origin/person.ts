import { DurableObject } from "cloudflare:workers";
import migrations from "../../migrations/person/migrations.js";
import type { SmsSender } from "../../src/adapters/sms/port.ts";
import type { Delivery } from "../../src/domains/exclusions/outbox.ts";
import type { Visit } from "../../src/domains/authentication/index.ts";
import { inboxOf, markRead } from "../../src/domains/notifications/index.ts";
import { SEND_TASK, sendDue } from "../../src/domains/notifications/queue.ts";
import { checksThatFound, DROP_CHECKS_TASK, dropChecks, keepChecks } from "../../src/domains/users/checks.ts";
import { identityReads, readIdentity } from "../../src/domains/users/identities/read.ts";
import type { IdentityRead } from "../../src/domains/users/identities/model.ts";
import type { IdentityApi } from "../../src/domains/users/identities/rpc.ts";
import type { FoundCheck } from "../../src/domains/users/model.ts";
import type { PersonApi } from "../../src/domains/users/rpc.ts";
import { accept, quietUntil, recipientOf } from "../../src/domains/users/vault.ts";
import { changeContact, changeDetails } from "../../src/domains/users/vault/change.ts";
import { overviewOf } from "../../src/domains/users/vault/overview.ts";
import type { VaultApi } from "../../src/domains/users/vault/rpc.ts";
import { during, endVisit } from "../../src/domains/users/vault/visits.ts";
import { rewrapVault } from "../../src/domains/users/vault-key.ts";
import type { Instant } from "../../src/kernel/clock.ts";
import { type ObjectDatabase, openDatabase } from "../../src/objects/database.ts";
import { armAlarm, runDue } from "../../src/objects/due.ts";
import { errorFacts, errorLine, random } from "../../src/objects/shell.ts";
import { Envelope } from "../../src/sealing/envelope.ts";
import { PersonSettings, readSettings } from "./environment.ts";
import { smsSender } from "./sms.ts";

const INBOX_SHOWN = 100;

/** One citizen's vault: who they are, sealed, and what they are told. */
export class Person extends DurableObject<object> implements PersonApi, IdentityApi, VaultApi {
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

  async overview(visit: Visit) {
    return during(this.#database, this.#envelope, visit, (transaction, dataKey) =>
      ({ ok: true as const, overview: overviewOf(transaction, dataKey, this.now()) }));
  }

  async inbox(visit: Visit) {
    return during(this.#database, this.#envelope, visit, (transaction) => ({ ok: true as const, notices: inboxOf(transaction, INBOX_SHOWN) }));
  }

  async markRead(visit: Visit, upTo: Instant) {
    return during(this.#database, this.#envelope, visit, (transaction) => {
      markRead(transaction, upTo, this.now());
      return { ok: true as const };
    });
  }

  async accessList(visit: Visit) {
    return during(this.#database, this.#envelope, visit, (transaction) =>
      ({ ok: true as const, checks: checksThatFound(transaction, this.now()), reads: identityReads(transaction) }));
  }

  async changeDetails(visit: Visit, change: Parameters<VaultApi["changeDetails"]>[1]) {
    return during(this.#database, this.#envelope, visit, (transaction, dataKey) =>
      changeDetails(transaction, dataKey, change, this.now(), random));
  }

  async changeContact(visit: Visit, change: Parameters<VaultApi["changeContact"]>[1]) {
    return during(this.#database, this.#envelope, visit, (transaction, dataKey) =>
      changeContact(transaction, dataKey, change, this.now(), random));
  }

  async endVisit(visit: Visit) {
    endVisit(this.#database, visit, this.now());
  }

  override async alarm(): Promise<void> {
    const tasks = { [SEND_TASK]: () => this.#send(), [DROP_CHECKS_TASK]: (now: Instant) => dropChecks(this.#database, now) };
    await runDue(this.#database, this.ctx.storage, this.now(), tasks, (task, error) =>
      this.#report(`the task ${task} failed`, errorFacts(error)));
  }

  async #send(): Promise<Instant | null> {
    const quiet = quietUntil(this.#database, this.#envelope, this.now());
    if (quiet !== null) return quiet;
    const report = (reason: string): void => this.#report("a message was not taken", { "event.reason": reason });
    const recipient = recipientOf(this.#database, this.#envelope);
    return sendDue(this.#database, recipient, { sms: this.sms, clock: () => this.now(), report });
  }

  #report(message: string, facts: Record<string, string | number>): void {
    console.error(errorLine("nser-origin", this.now(), message, facts));
  }
}
