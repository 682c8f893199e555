import { DurableObject } from "cloudflare:workers";
import type { IdentityClaim, IdentityRegistry } from "../../src/adapters/identity-registry/port.ts";
import type { SmsSender } from "../../src/adapters/sms/port.ts";
import { LOG_NAME } from "../../src/audit/rpc.ts";
import type { CanonicalIdentifier } from "../../src/bst/kinds.ts";
import type { ConfirmResult } from "../../src/domains/exclusions/identifiers-rpc.ts";
import type { Delivery } from "../../src/domains/exclusions/outbox.ts";
import { REGISTER_NAME } from "../../src/domains/exclusions/rpc.ts";
import type { Visit } from "../../src/domains/authentication/index.ts";
import { inboxOf, markRead } from "../../src/domains/notifications/index.ts";
import { SEND_TASK, sendDue } from "../../src/domains/notifications/queue.ts";
import { phoneKeyOf } from "../../src/domains/users/accounts/keyed.ts";
import { latestActivity } from "../../src/domains/users/activity/store.ts";
import { checksThatFound, DROP_CHECKS_TASK, dropChecks, keepChecks } from "../../src/domains/users/checks.ts";
import { eraseExtras } from "../../src/domains/users/holdings/erase.ts";
import { exportVault } from "../../src/domains/users/holdings/export.ts";
import { keepStatement, readStatement } from "../../src/domains/users/holdings/statements.ts";
import { insertMessage } from "../../src/domains/users/holdings/store.ts";
import { identityReads, readIdentity } from "../../src/domains/users/identities/read.ts";
import type { IdentityRead } from "../../src/domains/users/identities/model.ts";
import { insertRead } from "../../src/domains/users/identities/store.ts";
import type { IdentityApi } from "../../src/domains/users/identities/rpc.ts";
import type { FoundCheck } from "../../src/domains/users/model.ts";
import type { PersonApi } from "../../src/domains/users/rpc.ts";
import { accept, isPerson, provenPhones, quietUntil, recipientOf } from "../../src/domains/users/vault.ts";
import { changeContact, changeDetails, noteWatching, speak } from "../../src/domains/users/vault/change.ts";
import { overviewOf } from "../../src/domains/users/vault/overview.ts";
import type { VaultApi } from "../../src/domains/users/vault/rpc.ts";
import { isEnded } from "../../src/domains/users/vault/store.ts";
import { during, endVisit, type Refused } from "../../src/domains/users/vault/visits.ts";
import { VERIFY_TASK } from "../../src/domains/users/verifications/rules.ts";
import { verifyDocuments } from "../../src/domains/users/verifications/verify.ts";
import { rewrapVault } from "../../src/domains/users/vault-key.ts";
import type { Locale } from "../../src/i18n/locales.ts";
import type { Actor } from "../../src/kernel/actor.ts";
import type { Instant } from "../../src/kernel/clock.ts";
import type { ObjectDatabase, Transaction } from "../../src/objects/database.ts";
import { runDue } from "../../src/objects/due.ts";
import { errorFacts, errorLine, random } from "../../src/objects/shell.ts";
import { Envelope } from "../../src/sealing/envelope.ts";
import { type Environment, PersonSettings, readSettings } from "./environment.ts";
import { identityRegistry } from "./identity-registry.ts";
import { smsSender } from "./sms.ts";
import { VaultKeeping } from "./vault-keeping.ts";

const INBOX_SHOWN = 100;
const ACTIVITY_SHOWN = 100;

type Bound = Pick<Environment, "VAULTS" | "TOKENIZER" | "REGISTER" | "AUDIT_LOG">;

/** One citizen's vault: who they are, sealed, and what they are told. */
export class Person extends DurableObject<Bound> implements PersonApi, IdentityApi, VaultApi {
  readonly #envelope: Envelope;
  readonly #lookupKey: Uint8Array;
  readonly #keeping: VaultKeeping;
  protected readonly sms: SmsSender;
  protected readonly registry: IdentityRegistry;

  constructor(state: DurableObjectState, env: Bound) {
    super(state, env);
    const settings = readSettings(PersonSettings, env);
    this.#lookupKey = settings.LOOKUP_KEY;
    this.#envelope = new Envelope(settings.BOX_KEYS, random);
    this.sms = smsSender(settings);
    this.registry = identityRegistry(settings);
    this.#keeping = new VaultKeeping({
      state, vaults: env.VAULTS, log: () => env.AUDIT_LOG.getByName(LOG_NAME), keys: settings.RECOVERY_KEYS, envelope: this.#envelope, clock: () => this.now(), report: (...line) => this.#report(...line),
    });
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

  async isPerson(claim: IdentityClaim) {
    return isPerson(await this.#database(), this.#envelope, claim);
  }

  async speak(locale: Locale, actor: Actor) {
    await this.#change((database) => speak(database, locale, actor, this.now(), random));
  }

  async keepStatement(said: { reference: string; text: string }, actor: Actor) {
    await this.#change((database) => keepStatement(database, this.#envelope, said, actor, this.now(), random));
  }

  async statement(reference: string) {
    return readStatement(await this.#database(), this.#envelope, reference);
  }

  async tell(event: Parameters<PersonApi["tell"]>[0]) {
    await this.#change((database) => insertMessage(database, event));
  }

  async eraseExtras(actor: Actor) {
    await this.#change((database) => eraseExtras(database, actor, this.now(), random));
  }

  async erase() {
    await this.#keeping.erase();
  }

  async restore() {
    const beginning = await this.#keeping.begin();
    await this.#keeping.settle();
    return beginning;
  }

  async identity(read: IdentityRead) {
    return this.#change((database) => readIdentity(database, this.#envelope, read));
  }

  async identityReads() {
    return identityReads(await this.#database());
  }

  async accountKeys() {
    return provenPhones(await this.#database(), this.#envelope).map((phone) => phoneKeyOf(this.#lookupKey, phone));
  }

  async lookedUp(read: Parameters<PersonApi["lookedUp"]>[0]) {
    await this.#change((database) => insertRead(database, { ...read, what: "token" }));
  }

  async rewrap() {
    return this.#change((database) => rewrapVault(database, this.#envelope));
  }

  async overview(visit: Visit) {
    return this.#during(visit, (transaction, dataKey) => ({ ok: true as const, overview: overviewOf(transaction, dataKey, this.now()) }));
  }

  async inbox(visit: Visit) {
    return this.#during(visit, (transaction) => ({ ok: true as const, notices: inboxOf(transaction, INBOX_SHOWN) }));
  }

  async activity(visit: Visit) {
    return this.#during(visit, (transaction) => ({ ok: true as const, activity: latestActivity(transaction, ACTIVITY_SHOWN) }));
  }

  async markRead(visit: Visit, upTo: Instant) {
    return this.#during(visit, (transaction) => {
      markRead(transaction, upTo, this.now());
      return { ok: true as const };
    });
  }

  async accessList(visit: Visit) {
    return this.#during(visit, (transaction) => ({ ok: true as const, checks: checksThatFound(transaction, this.now()), reads: identityReads(transaction) }));
  }

  async changeDetails(visit: Visit, change: Parameters<VaultApi["changeDetails"]>[1]) {
    return this.#during(visit, (transaction, dataKey) => changeDetails(transaction, dataKey, visit, change, this.now(), random));
  }

  async changeContact(visit: Visit, change: Parameters<VaultApi["changeContact"]>[1]) {
    return this.#during(visit, (transaction, dataKey) => changeContact(transaction, dataKey, visit, change, this.now(), random));
  }

  async stands(visit: Visit) {
    return this.#during(visit, () => ({ ok: true as const }));
  }

  async noteWatching(visit: Visit, wanted: boolean) {
    return this.#during(visit, (transaction) => noteWatching(transaction, visit, wanted, this.now(), random));
  }

  async endVisit(visit: Visit) {
    await this.#change((database) => endVisit(database, visit, this.now(), random));
  }

  async hasEnded(visit: Visit) {
    return isEnded(await this.#database(), visit.id);
  }

  override async alarm(): Promise<void> {
    const database = await this.#database();
    const tasks = {
      [SEND_TASK]: () => this.#send(database),
      [VERIFY_TASK]: () => this.#verify(database),
      [DROP_CHECKS_TASK]: (now: Instant) => dropChecks(database, now),
      ...this.#keeping.tasks,
    };
    await runDue(database, this.ctx.storage, this.now(), tasks, (task, error) => this.#report(`the task ${task} failed`, errorFacts(error)));
    await this.#keeping.settle();
  }

  /** The vault's database, read back first if it was lost. */
  async #database(): Promise<ObjectDatabase> {
    await this.#keeping.begin();
    return this.#keeping.database;
  }

  /** Changes the vault and sees to what follows; of somebody who was erased nothing is taken any more, and null is the answer. */
  async #change<Answer>(change: (database: ObjectDatabase) => Answer): Promise<Answer | null> {
    const answer = (await this.#keeping.begin()) === "erased" ? null : change(this.#keeping.database);
    await this.#keeping.settle();
    return answer;
  }

  /** What the holder looks at is a change too: their vault's key may be re-wrapped on the way. */
  async #during<Answer>(visit: Visit, act: (transaction: Transaction, dataKey: Uint8Array) => Answer): Promise<Answer | Refused> {
    return (await this.#change((database) => during(database, this.#envelope, visit, act))) ?? { ok: false, refusal: "nothing-kept" };
  }

  /** Has Register make a document of this person's firm. */
  protected async confirm(document: CanonicalIdentifier, commandId: string): Promise<ConfirmResult> {
    const [evaluated] = await this.env.TOKENIZER.evaluate([document]);
    return this.env.REGISTER.getByName(REGISTER_NAME).confirm({ commandId, personId: this.ctx.id.name!, p: evaluated!.p });
  }

  #verify(database: ObjectDatabase): Promise<Instant | null> {
    const confirm = (document: CanonicalIdentifier, commandId: string) => this.confirm(document, commandId);
    return verifyDocuments(database, { envelope: this.#envelope, registry: this.registry, confirm, clock: () => this.now(), random });
  }

  async #send(database: ObjectDatabase): Promise<Instant | null> {
    const quiet = quietUntil(database, this.#envelope, this.now());
    if (quiet !== null) return quiet;
    const report = (reason: string): void => this.#report("a message was not taken", { "event.reason": reason });
    const recipient = recipientOf(database, this.#envelope);
    return sendDue(database, recipient, { sms: this.sms, clock: () => this.now(), report });
  }

  #report(message: string, facts: Record<string, string | number>): void {
    console.error(errorLine("nser-origin", this.now(), message, facts));
  }
}
