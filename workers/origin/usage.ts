import { DurableObject } from "cloudflare:workers";
import migrations from "../../migrations/usage/migrations.js";
import { AuditDrain } from "../../src/audit/drain.ts";
import { auditOutbox } from "../../src/audit/outbox.ts";
import { LOG_NAME } from "../../src/audit/rpc.ts";
import type { CountedBatch, KeyUsageQuestion, UsageQuestion } from "../../src/domains/analytics/model.ts";
import { ENTER_TASK, enterCounts } from "../../src/domains/analytics/enter.ts";
import { FORGET_TASK, forget, record } from "../../src/domains/analytics/record.ts";
import type { UsageApi } from "../../src/domains/analytics/rpc.ts";
import { committed, keysUsed, keyUsage, spentToday, usage } from "../../src/domains/analytics/usage.ts";
import type { TokenAct } from "../../src/domains/tokens/guard-rpc.ts";
import { admit, met, metByCheck } from "../../src/domains/tokens/guard/admit.ts";
import { countTokens, daysOf } from "../../src/domains/tokens/guard/count.ts";
import { FORGET_TOKENS_TASK, forgetTokens } from "../../src/domains/tokens/guard/day.ts";
import { liftQuarantine, putQuarantine, TELL_TASK } from "../../src/domains/tokens/guard/quarantine.ts";
import type { AskedBatch, CheckedCanary, MetBatch, TokenGuardApi } from "../../src/domains/tokens/guard/rpc.ts";
import { quarantineInForce } from "../../src/domains/tokens/guard/store.ts";
import { tell, type TellOffice } from "../../src/domains/tokens/guard/tell.ts";
import { tellingOffice } from "../../src/domains/tokens/quarantines/tell.ts";
import type { Instant } from "../../src/kernel/clock.ts";
import { type ObjectDatabase, openDatabase } from "../../src/objects/database.ts";
import { armAlarm, runDue } from "../../src/objects/due.ts";
import { errorFacts, errorLine, random } from "../../src/objects/shell.ts";
import { openOffice } from "../../src/office/database.ts";
import { type Environment, readSettings, UsageSettings } from "./environment.ts";

type Bound = Pick<Environment, "AUDIT_LOG">;

/** What one operator asked, in counts, as the isolates that answered it say; and what it may turn into tokens. */
export class Usage extends DurableObject<Bound> implements UsageApi, TokenGuardApi {
  readonly #database: ObjectDatabase;
  readonly #telling: AuditDrain;

  constructor(state: DurableObjectState, env: Bound) {
    super(state, env);
    this.#database = openDatabase(state, migrations);
    this.#telling = new AuditDrain({
      source: "usage",
      database: () => this.#database,
      outbox: (database) => auditOutbox(database, random),
      log: () => env.AUDIT_LOG.getByName(LOG_NAME),
      clock: () => this.now(),
      waitUntil: (promise) => state.waitUntil(promise),
      report: (...line) => this.#cry(...line),
    });
  }

  /** The present; tests say another. */
  protected now(): Instant {
    return Date.now();
  }

  async record(batch: CountedBatch, sentAt: Instant) {
    return this.#armed(() => record(this.#database, batch, sentAt, this.now()));
  }

  async usage(question: UsageQuestion) {
    return usage(this.#database, question, this.now());
  }

  async committed(from: Instant, to: Instant) {
    return committed(this.#database, from, to);
  }

  async keyUsage(question: KeyUsageQuestion) {
    return keyUsage(this.#database, question);
  }

  async keysUsed() {
    return keysUsed(this.#database);
  }

  async spentToday(keyId: string) {
    return spentToday(this.#database, keyId, this.now());
  }

  async admitTokens(batch: AskedBatch) {
    return this.#armed(() => admit(this.#database, batch, this.now(), random));
  }

  async metTokens(batch: MetBatch) {
    for (const canary of batch.canaries) this.#cry("an identifier that is nobody's was turned into a token", { operator: batch.operator, canary });
    return this.#armed(() => met(this.#database, batch, this.now(), random));
  }

  async metByCheck(check: CheckedCanary) {
    const fresh = await this.#armed(() => metByCheck(this.#database, check, this.now()));
    if (fresh) this.#cry("an identifier that is nobody's was checked", { operator: check.operator, canary: check.canary });
  }

  async countTokens(act: TokenAct, count: number) {
    countTokens(this.#database, act, count, this.now());
  }

  async tokenDays(from: string, to: string) {
    return daysOf(this.#database, from, to);
  }

  async quarantine() {
    return quarantineInForce(this.#database);
  }

  async putQuarantine(order: Parameters<TokenGuardApi["putQuarantine"]>[0]) {
    return this.#armed(() => putQuarantine(this.#database, order, this.now(), random));
  }

  async liftQuarantine(order: Parameters<TokenGuardApi["liftQuarantine"]>[0]) {
    return this.#armed(() => liftQuarantine(this.#database, order, this.now(), random));
  }

  /** Who is told of quarantines and canaries; tests say somebody else. */
  protected office(): TellOffice {
    const settings = readSettings(UsageSettings, this.env);
    return tellingOffice(openOffice({ url: settings.OFFICE_DATABASE_URL, token: settings.OFFICE_DATABASE_TOKEN }));
  }

  override async alarm(): Promise<void> {
    const tasks = {
      [ENTER_TASK]: (now: Instant) => this.#left(() => enterCounts(this.#database, this.#operator, now, random)),
      [FORGET_TASK]: (now: Instant) => forget(this.#database, now),
      [FORGET_TOKENS_TASK]: (now: Instant) => forgetTokens(this.#database, now),
      [TELL_TASK]: (now: Instant) => tell(this.#database, this.office(), this.#operator, now),
      ...this.#telling.tasks,
    };
    await runDue(this.#database, this.ctx.storage, this.now(), tasks, (task, error) => this.#cry(`the task ${task} failed`, errorFacts(error)));
  }

  /** The object is named by its operator. */
  get #operator(): string {
    return this.ctx.id.name!;
  }

  async #armed<Answer>(verb: () => Answer): Promise<Answer> {
    const answer = this.#left(verb);
    await armAlarm(this.#database, this.ctx.storage);
    return answer;
  }

  /** Does something and sends what the audit has of it on its way to the log. */
  #left<Answer>(verb: () => Answer): Answer {
    const answer = verb();
    this.#telling.leave();
    return answer;
  }

  #cry(message: string, facts: Record<string, string | number>): void {
    console.error(errorLine("nser-origin", this.now(), message, facts));
  }
}
