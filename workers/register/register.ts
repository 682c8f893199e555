import { DurableObject } from "cloudflare:workers";
import migrations from "../../migrations/register/migrations.js";
import type { Pseudonym } from "../../src/bst/kinds.ts";
import type { Lineage } from "../../src/bst/lineage.ts";
import type { Allowance } from "../../src/check/directory.ts";
import type { Change, ManifestRef } from "../../src/check/feed.ts";
import { parseRegions, type ReplicaPlace } from "../../src/check/places.ts";
import * as exclusions from "../../src/domains/exclusions/index.ts";
import type { EndingCommand } from "../../src/domains/exclusions/ending-rpc.ts";
import type { ConfirmCommand, ReleaseCommand } from "../../src/domains/exclusions/identifiers-rpc.ts";
import * as measures from "../../src/domains/exclusions/measures/index.ts";
import type { RegisterCommand } from "../../src/domains/exclusions/model.ts";
import type { RestoreOrder } from "../../src/domains/exclusions/recovery/rpc.ts";
import * as roots from "../../src/domains/exclusions/roots/index.ts";
import type { RotateRoot } from "../../src/domains/exclusions/roots/rpc.ts";
import type { RegisterApi } from "../../src/domains/exclusions/rpc.ts";
import * as who from "../../src/domains/exclusions/who/index.ts";
import * as allowances from "../../src/domains/operators/allowances.ts";
import * as directory from "../../src/domains/operators/directory.ts";
import * as epochs from "../../src/domains/operators/epochs.ts";
import type { RotatePairKey } from "../../src/domains/operators/pair-keys/rpc.ts";
import * as pairKeys from "../../src/domains/operators/pair-keys/rotate.ts";
import { epochsByRoot } from "../../src/domains/operators/roots.ts";
import type { EnrolOperator, IssueKey, RevokeKey, RotateEpoch } from "../../src/domains/operators/rpc.ts";
import * as tokenActs from "../../src/domains/operators/token-acts/act.ts";
import type { ActOnTokenCommand } from "../../src/domains/operators/token-acts/rpc.ts";
import * as canaries from "../../src/domains/tokens/register/canaries.ts";
import { DAY, type Instant, MINUTE } from "../../src/kernel/clock.ts";
import { TokenBucket } from "../../src/kernel/token-bucket.ts";
import { type ObjectDatabase, openDatabase } from "../../src/objects/database.ts";
import { armAlarm, runDue, setDueOnce } from "../../src/objects/due.ts";
import { errorFacts, errorLine, random } from "../../src/objects/shell.ts";
import { annulmentHoursOf, endingSettingsOf, type Environment, epochGraceOf, logDaysOf, recycledDaysOf, rootRowsPerSecondOf } from "./environment.ts";
import { Keeping } from "./keeping.ts";

const PUSH_PAUSE_MS = 100;
/** Register is the last resort of isolates: what it admits must leave it free for those who exclude themselves. */
const ISOLATE_POLLS_A_SECOND = 50;
const COMPACT_TASK = "compact";

/** Throws RangeError rather than run with a time nobody chose. */
function settingsOf(env: Environment): exclusions.Settings {
  const provisionalDays = Number(env.PROVISIONAL_DAYS);
  if (!(provisionalDays > 0)) throw new RangeError("PROVISIONAL_DAYS must be a number of days");
  return { provisionalDays };
}

/** The system of record for who is excluded: one object, one order. */
export class Register extends DurableObject<Environment> implements RegisterApi {
  readonly #keeping: Keeping;
  readonly #settings: exclusions.Settings;
  readonly #ending: exclusions.EndingSettings;
  readonly #logDays: number;
  readonly #grace: epochs.Grace;
  readonly #recycledDays: number;
  readonly #annulmentHours: number;
  readonly #rootRowsPerSecond: number;
  readonly #epochs: roots.Epochs;
  readonly #pushes: ReturnType<typeof exclusions.coalesce<Change>>[];
  readonly #admission = new TokenBucket(ISOLATE_POLLS_A_SECOND);

  constructor(state: DurableObjectState, env: Environment) {
    super(state, env);
    const database = openDatabase(state, migrations);
    this.#keeping = new Keeping({ state, env, database, clock: () => this.now(), report: (...line) => this.#report(...line) });
    void state.blockConcurrencyWhile(() => this.#keeping.begin());
    this.#settings = settingsOf(env);
    this.#ending = endingSettingsOf(env);
    this.#logDays = logDaysOf(env);
    this.#grace = epochGraceOf(env);
    this.#recycledDays = recycledDaysOf(env);
    this.#annulmentHours = annulmentHoursOf(env);
    this.#rootRowsPerSecond = rootRowsPerSecondOf(env);
    this.#epochs = epochsByRoot(this.#grace);
    this.#pushes = parseRegions(env.REGIONS).flat().map((place) => this.#pushTo(place));
  }

  get #database(): ObjectDatabase {
    return this.#keeping.database;
  }

  /** The present; tests say another. */
  protected now(): Instant {
    return Date.now();
  }

  /** Where error lines go; tests read them. */
  protected write(line: string): void {
    console.error(line);
  }

  async register(command: RegisterCommand) {
    return this.#withAll(command.identifiers, (identifiers) =>
      exclusions.register(this.#database, { ...command, identifiers }, this.now(), random, this.#settings));
  }

  async extend(command: Parameters<RegisterApi["extend"]>[0]) {
    return this.#with(command, (known) => exclusions.extend(this.#database, known, this.now(), random, this.#settings));
  }

  async askToEnd(command: EndingCommand) {
    return this.#with(command, (known) => exclusions.askToEnd(this.#database, known, this.now(), random, this.#ending));
  }

  async confirmEnding(command: EndingCommand) {
    return this.#with(command, (known) => exclusions.confirmEnding(this.#database, known, this.now(), random, this.#ending));
  }

  async keep(command: EndingCommand) {
    return this.#with(command, (known) => exclusions.keep(this.#database, known, this.now(), random, this.#ending));
  }

  async confirm(command: ConfirmCommand) {
    return this.#about([command.p], ([p]) => exclusions.confirm(this.#database, { ...command, p: p! }, this.now(), random));
  }

  async releasePhone(command: ReleaseCommand) {
    return this.#about([command.phone, command.document.p], ([phone, p]) =>
      exclusions.releasePhone(this.#database, { ...command, phone: phone!, document: { ...command.document, p: p! } }, this.now(), random, this.#recycledDays));
  }

  async impose(command: Parameters<RegisterApi["impose"]>[0]) {
    return this.#withAll(command.identifiers, (identifiers) => measures.impose(this.#database, { ...command, identifiers }, this.now(), random));
  }

  async uphold(command: Parameters<RegisterApi["uphold"]>[0]) {
    return this.#carryOut(() => measures.uphold(this.#database, command, this.now(), random));
  }

  async dismiss(command: Parameters<RegisterApi["dismiss"]>[0]) {
    return this.#carryOut(() => measures.dismiss(this.#database, command, this.now(), random));
  }

  async review(command: Parameters<RegisterApi["review"]>[0]) {
    return this.#carryOut(() => measures.review(this.#database, command, this.now(), random));
  }

  async lengthenTo(command: Parameters<RegisterApi["lengthenTo"]>[0]) {
    return this.#carryOut(() => measures.lengthenTo(this.#database, command, this.now(), random));
  }

  async beginAnnulment(command: Parameters<RegisterApi["beginAnnulment"]>[0]) {
    return this.#carryOut(() => measures.beginAnnulment(this.#database, command, this.now(), random, this.#annulmentHours));
  }

  async stopAnnulment(command: Parameters<RegisterApi["stopAnnulment"]>[0]) {
    return this.#carryOut(() => measures.stopAnnulment(this.#database, command, this.now(), random));
  }

  async annulDocument(command: Parameters<RegisterApi["annulDocument"]>[0]) {
    return this.#about([command.p], ([p]) => measures.annulDocument(this.#database, { ...command, p: p! }, this.now(), random));
  }

  async statedIn(p: Lineage) {
    return this.#look(p, (known) => measures.statedIn(this.#database, known));
  }

  async byReference(reference: string) {
    return measures.byReference(this.#database, reference, this.now());
  }

  async exclusionsOf(phone: Lineage) {
    return this.#look(phone, (known) => exclusions.exclusionsOf(this.#database, known, this.now()));
  }

  async historyOf(phone: Lineage, reference: string) {
    return this.#look(phone, (known) => exclusions.historyOf(this.#database, known, reference));
  }

  async holderOf(phone: Lineage) {
    return this.#look(phone, (known) => exclusions.holderOf(this.#database, roots.ownOf(this.#database, known)));
  }

  async holdingOf(phone: Lineage) {
    return this.#look(phone, (known) => exclusions.holdingOf(this.#database, roots.ownOf(this.#database, known)));
  }

  async holdersOf(ps: readonly Pseudonym[]) {
    return exclusions.holdersOf(this.#database, ps);
  }

  async noteIssued(issued: Parameters<RegisterApi["noteIssued"]>[0]) {
    return this.#carryOut(() => who.noteIssued(this.#database, issued, this.now()));
  }

  async noteChecked(checked: Parameters<RegisterApi["noteChecked"]>[0]) {
    return this.#carryOut(() => who.noteChecked(this.#database, checked));
  }

  async watchHoldings(personId: string, wanted: boolean) {
    return this.#carryOut(() => who.watchHoldings(this.#database, personId, wanted, this.now()));
  }

  async tokenHoldings(personId: string) {
    return who.tokenHoldings(this.#database, personId);
  }

  async linkedTo(reference: string) {
    return who.linkedTo(this.#database, reference);
  }

  async excludedBy(known: Parameters<RegisterApi["excludedBy"]>[0]) {
    return who.excludedBy(this.#database, known);
  }

  async crossReferences(page: Parameters<RegisterApi["crossReferences"]>[0]) {
    return who.crossReferences(this.#database, page);
  }

  async crossReferenceAt(position: number) {
    return who.crossReferenceAt(this.#database, position);
  }

  async salvaged(page: Parameters<RegisterApi["salvaged"]>[0]) {
    return who.salvaged(this.#database, page);
  }

  async forget(personId: string) {
    return this.#carryOut(() => exclusions.forget(this.#database, personId, this.now(), random));
  }

  async personsAfter(after: string, limit: number) {
    return exclusions.personsAfter(this.#database, after, limit);
  }

  async undelivered(limit: number) {
    return exclusions.lend(this.#database, limit, this.now());
  }

  async delivered(ids: readonly string[]) {
    exclusions.settle(this.#database, ids);
    this.#keeping.shipping.leave();
    await armAlarm(this.#database, this.ctx.storage);
  }

  async poll(after: number, logId: string | null = null, t: Instant | null = null) {
    await this.#keeping.lookAhead();
    if (logId) await this.#hear({ logId, seq: after, t });
    return exclusions.poll(this.#database, after, this.now());
  }

  async pollByIsolate(after: number, logId?: string | null) {
    if (!this.#admission.take(this.now())) throw new Error("more isolates ask than Register admits");
    return { ...(await this.poll(after, logId)), age: 0 };
  }

  async copy(after: Pseudonym | null) {
    await this.#keeping.lookAhead();
    return exclusions.copy(this.#database, after);
  }

  async announce(manifest: ManifestRef, logId: string | null = null) {
    setDueOnce(this.#database, COMPACT_TASK, this.now());
    return this.#carryOut(() => exclusions.announce(this.#database, manifest, logId, this.now()));
  }

  async enrolOperator(command: EnrolOperator) {
    return this.#carryOut(() => directory.enrolOperator(this.#database, command, this.now(), random));
  }

  async issueKey(command: IssueKey) {
    return this.#carryOut(() => directory.issueKey(this.#database, command, this.now(), random));
  }

  async revokeKey(command: RevokeKey) {
    return this.#carryOut(() => directory.revokeKey(this.#database, command, this.now(), random));
  }

  async declareCustomers(command: Parameters<RegisterApi["declareCustomers"]>[0]) {
    return this.#carryOut(() => directory.declareCustomers(this.#database, command, this.now(), random));
  }

  async excludedCount() {
    return canaries.excludedCount(this.#database);
  }

  async canariesAmong(ps: readonly Lineage[]) {
    return canaries.canariesAmong(this.#database, ps);
  }

  async putCanary(canary: Parameters<RegisterApi["putCanary"]>[0]) {
    return this.#about([canary.p], ([p]) => canaries.putCanary(this.#database, { ...canary, p: p! }, this.now(), random));
  }

  async removeCanary(id: string) {
    return this.#carryOut(() => canaries.removeCanary(this.#database, id, this.now(), random));
  }

  async keyHolder(hash: string) {
    return directory.keyHolder(this.#database, hash, this.now());
  }

  async rotateEpoch(command: RotateEpoch) {
    return this.#carryOut(() => epochs.rotateEpoch(this.#database, command, this.#grace, this.now(), random));
  }

  async operatorNames(ids: readonly string[]) {
    return directory.operatorNames(this.#database, ids);
  }

  async epochsOf(operator: string) {
    return epochs.epochsOf(this.#database, operator);
  }

  async tokensOf(operator: string) {
    return tokenActs.tokensOf(this.#database, operator);
  }

  async actOnToken(command: ActOnTokenCommand) {
    return this.#carryOut(() => tokenActs.actOnToken(this.#database, command, this.now(), random));
  }

  async tokenHistory(operator: string, p: Pseudonym, epoch?: number) {
    return tokenActs.tokenHistory(this.#database, this.#keeping.advance, operator, p, epoch);
  }

  async rotatePairKey(command: RotatePairKey) {
    return this.#carryOut(() => pairKeys.rotatePairKey(this.#database, command, this.#grace, this.now(), random));
  }

  async pairKeys() {
    return pairKeys.pairKeys(this.#database);
  }

  async quotasOf(keyIds: readonly string[]) {
    return allowances.quotasOf(this.#database, keyIds);
  }

  async setAllowance(allowance: Allowance) {
    return this.#carryOut(() => allowances.setAllowance(this.#database, allowance, this.now(), random));
  }

  async projection(after: number, limit: number) {
    await this.#keeping.lookAhead();
    return exclusions.projection(this.#database, directory.listedRows, after, limit, this.now());
  }

  async rotateRoot(command: RotateRoot) {
    const { rootEpoch } = await this.#keeping.advance(roots.newestRotation(this.#database).to, []);
    return this.#carryOut(() => roots.rotateRoot(this.#database, command, rootEpoch, this.#epochs, this.now(), random));
  }

  async rotations() {
    return roots.rotations(this.#database, this.#epochs);
  }

  async recovery() {
    return this.#keeping.status();
  }

  async restoreStep(order: RestoreOrder) {
    return this.#keeping.restoreStep(order);
  }

  override async alarm(): Promise<void> {
    if (this.#keeping.refused) return this.#keeping.cryOut();
    const raise = (overdue: { waiting: number; oldestMs: number }) => this.#report("sealed identities wait to be accepted", overdue);
    const tasks = {
      [exclusions.WAKE_TASK]: (now: Instant) => this.#published(() => exclusions.wakeExclusions(this.#database, now, random)),
      [exclusions.DROP_TASK]: (now: Instant) => this.#published(() => exclusions.dropIdentifiers(this.#database, now, random)),
      [epochs.RETIRE_TASK]: (now: Instant) => this.#published(() => epochs.retireEpochs(this.#database, now, random)),
      [roots.ROOTS_TASK]: (now: Instant) => this.#rotate(now),
      [COMPACT_TASK]: (now: Instant) => (exclusions.compact(this.#database, now - this.#logDays * DAY) ? now : now + DAY),
      ...this.#keeping.shipping.tasks,
      [exclusions.LOST_TASK]: (now: Instant) => this.#reportLost(now),
      [exclusions.OVERDUE_TASK]: (now: Instant) => exclusions.watchIdentities(this.#database, now, raise),
    };
    await runDue(this.#database, this.ctx.storage, this.now(), tasks, (task, error) =>
      this.#report(`the task ${task} failed`, errorFacts(error)));
  }

  /** Carries out a command on what its phone is known by. */
  #with<Command extends { phone: Lineage }, Answer>(command: Command, verb: (known: Command) => Answer): Promise<Answer> {
    return this.#about([command.phone], ([phone]) => verb({ ...command, phone: phone! }));
  }

  /** Carries out a command on what all its identifiers are known by. */
  #withAll<Stated extends readonly { p: Lineage }[], Answer>(stated: Stated, verb: (known: Stated) => Answer): Promise<Answer> {
    return this.#about(stated.map(({ p }) => p), (lineages) => verb(stated.map((one, at) => ({ ...one, p: lineages[at]! })) as unknown as Stated));
  }

  async #about<Answer>(lineages: readonly Lineage[], verb: (known: Lineage[]) => Answer): Promise<Answer> {
    const carryOut = (known: Lineage[]): Answer =>
      this.#published(() => roots.withPairs(this.#database, known, this.now(), () => verb(known)));
    const answer = await roots.known(this.#database, this.#keeping.advance, lineages, "write", carryOut);
    await armAlarm(this.#database, this.ctx.storage);
    return answer;
  }

  #look<Answer>(lineage: Lineage, look: (known: Lineage) => Answer): Promise<Answer> {
    return roots.known(this.#database, this.#keeping.advance, [lineage], "look", (known) => look(known[0]!));
  }

  /** Not while rows are lost: what is then restored is further than this storage. */
  async #rotate(now: Instant): Promise<Instant | null> {
    if (exclusions.lostUpTo(this.#database) !== null) return now + MINUTE;
    const commit = <Answer>(work: (transaction: ObjectDatabase) => Answer): Answer =>
      this.#published(() => this.#database.transaction(() => work(this.#database)));
    const parts = { database: this.#database, advance: this.#keeping.advance, epochs: this.#epochs, random, rowsPerSecond: this.#rootRowsPerSecond, commit };
    return roots.rotationStep(parts, now);
  }

  async #carryOut<Answer>(verb: () => Answer): Promise<Answer> {
    const answer = this.#published(verb);
    await armAlarm(this.#database, this.ctx.storage);
    return answer;
  }

  /** Does something and sends the rows it wrote on their way to the replicas, which would else find them at their next poll. */
  #published<Answer>(verb: () => Answer): Answer {
    const { seq } = exclusions.logHead(this.#database);
    const answer = verb();
    const rows = exclusions.changesAfter(this.#database, seq);
    if (rows.length > 0) for (const push of this.#pushes) this.ctx.waitUntil(push(rows));
    this.#keeping.shipping.leave();
    return answer;
  }

  async #hear(copy: exclusions.Reach): Promise<void> {
    if (exclusions.hear(this.#database, copy, this.now())) await armAlarm(this.#database, this.ctx.storage);
  }

  #reportLost(now: Instant): Instant | null {
    const lostUpTo = exclusions.lostUpTo(this.#database);
    if (lostUpTo === null) return null;
    this.#report("rows of the change log are lost; nothing is vouched for until Register is restored", { lostUpTo });
    return now + MINUTE;
  }

  #pushTo({ name, region }: ReplicaPlace) {
    const replica = () => this.env.REPLICA.getByName(name, { locationHint: region });
    const send = async (rows: Change[]): Promise<void> => {
      try {
        await replica().push(exclusions.logHead(this.#database).logId, rows, exclusions.timeOf(this.#database, rows[0]!.seq - 1));
      } catch (error) {
        this.#report(`a push to ${name} failed`, errorFacts(error));
      }
    };
    return exclusions.coalesce(send, () => scheduler.wait(PUSH_PAUSE_MS), exclusions.ROWS_AT_ONCE);
  }

  #report(message: string, facts: Record<string, string | number>): void {
    this.write(errorLine("nser-register", this.now(), message, facts));
  }
}
