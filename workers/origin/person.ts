import { DurableObject } from "cloudflare:workers";
import type { SmsSender } from "../../src/adapters/sms/port.ts";
import type { Delivery } from "../../src/domains/exclusions/outbox.ts";
import { SEND_TASK, sendDue } from "../../src/domains/notifications/queue.ts";
import { Envelope } from "../../src/domains/users/index.ts";
import { checksThatFound, DROP_CHECKS_TASK, dropChecks, keepChecks } from "../../src/domains/users/checks.ts";
import { eraseExtras } from "../../src/domains/users/holdings/erase.ts";
import { exportVault } from "../../src/domains/users/holdings/export.ts";
import { keepStatement, readStatement } from "../../src/domains/users/holdings/statements.ts";
import { insertMessage } from "../../src/domains/users/holdings/store.ts";
import type { FoundCheck, PersonApi } from "../../src/domains/users/rpc.ts";
import { setLocale } from "../../src/domains/users/store.ts";
import { accept, recipientOf } from "../../src/domains/users/vault.ts";
import type { Locale } from "../../src/i18n/locales.ts";
import type { Instant } from "../../src/kernel/clock.ts";
import type { ObjectDatabase } from "../../src/objects/database.ts";
import { runDue } from "../../src/objects/due.ts";
import { errorFacts, errorLine, random } from "../../src/objects/shell.ts";
import { PersonSettings, readSettings } from "./environment.ts";
import { smsSender } from "./sms.ts";
import { VaultKeeping } from "./vault-keeping.ts";

/** One citizen's vault: who they are, sealed, and what they are told. */
export class Person extends DurableObject<{ VAULTS: R2Bucket }> implements PersonApi {
  readonly #envelope: Envelope;
  readonly #keeping: VaultKeeping;
  protected readonly sms: SmsSender;

  constructor(state: DurableObjectState, env: { VAULTS: R2Bucket }) {
    super(state, env);
    const settings = readSettings(PersonSettings, env);
    this.#envelope = new Envelope(settings.BOX_KEYS, random);
    this.sms = smsSender(settings);
    const clock = () => this.now();
    this.#keeping = new VaultKeeping({ state, vaults: env.VAULTS, keys: settings.RECOVERY_KEYS, clock, report: (...line) => this.#report(...line) });
  }

  /** The present; tests say another. */
  protected now(): Instant {
    return Date.now();
  }

  async accept(delivery: Delivery) {
    await this.#change((database) => accept(database, this.#envelope, delivery, this.now(), random));
    this.ctx.waitUntil(this.alarm());
  }

  async found(checks: readonly FoundCheck[]) {
    await this.#change((database) => keepChecks(database, checks));
  }

  async checksThatFound() {
    return checksThatFound(await this.#database(), this.now());
  }

  async export() {
    return exportVault(await this.#database(), this.#envelope);
  }

  async speak(locale: Locale) {
    await this.#change((database) => setLocale(database, locale, this.now()));
  }

  async keepStatement(said: { reference: string; text: string }) {
    await this.#change((database) => keepStatement(database, this.#envelope, said, this.now(), random));
  }

  async statement(reference: string) {
    return readStatement(await this.#database(), this.#envelope, reference);
  }

  async tell(event: Parameters<PersonApi["tell"]>[0]) {
    await this.#change((database) => insertMessage(database, event));
  }

  async eraseExtras() {
    await this.#change(eraseExtras);
  }

  async erase() {
    await this.#keeping.erase();
  }

  async restore() {
    const beginning = await this.#keeping.begin();
    await this.#keeping.settle();
    return beginning;
  }

  override async alarm(): Promise<void> {
    const database = await this.#database();
    const tasks = { [SEND_TASK]: () => this.#send(database), [DROP_CHECKS_TASK]: (now: Instant) => dropChecks(database, now), ...this.#keeping.tasks };
    await runDue(database, this.ctx.storage, this.now(), tasks, (task, error) => this.#report(`the task ${task} failed`, errorFacts(error)));
    await this.#keeping.settle();
  }

  /** The vault's database, read back first if it was lost. */
  async #database(): Promise<ObjectDatabase> {
    await this.#keeping.begin();
    return this.#keeping.database;
  }

  /** Changes the vault and sees to what follows; of somebody who was erased nothing is taken any more. */
  async #change(change: (database: ObjectDatabase) => void): Promise<void> {
    if ((await this.#keeping.begin()) !== "erased") change(this.#keeping.database);
    await this.#keeping.settle();
  }

  #send(database: ObjectDatabase): Promise<Instant | null> {
    const report = (reason: string): void => this.#report("a message was not taken", { "event.reason": reason });
    const recipient = recipientOf(database, this.#envelope);
    return sendDue(database, recipient, { sms: this.sms, clock: () => this.now(), report });
  }

  #report(message: string, facts: Record<string, string | number>): void {
    console.error(errorLine("nser-origin", this.now(), message, facts));
  }
}
