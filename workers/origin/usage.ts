import { DurableObject } from "cloudflare:workers";
import migrations from "../../migrations/usage/migrations.js";
import type { CountedBatch, UsageQuestion } from "../../src/domains/analytics/model.ts";
import { FORGET_TASK, forget, record } from "../../src/domains/analytics/record.ts";
import type { UsageApi } from "../../src/domains/analytics/rpc.ts";
import { committed, spentToday, usage } from "../../src/domains/analytics/usage.ts";
import type { Instant } from "../../src/kernel/clock.ts";
import { type ObjectDatabase, openDatabase } from "../../src/objects/database.ts";
import { armAlarm, runDue } from "../../src/objects/due.ts";
import { errorFacts, errorLine } from "../../src/objects/shell.ts";

/** What one operator asked, in counts, as the isolates that answered it say. */
export class Usage extends DurableObject<object> implements UsageApi {
  readonly #database: ObjectDatabase;

  constructor(state: DurableObjectState, env: object) {
    super(state, env);
    this.#database = openDatabase(state, migrations);
  }

  /** The present; tests say another. */
  protected now(): Instant {
    return Date.now();
  }

  async record(batch: CountedBatch, sentAt: Instant) {
    const fresh = record(this.#database, batch, sentAt, this.now());
    if (fresh) await armAlarm(this.#database, this.ctx.storage);
    return fresh;
  }

  async usage(question: UsageQuestion) {
    return usage(this.#database, question, this.now());
  }

  async committed(from: Instant, to: Instant) {
    return committed(this.#database, from, to);
  }

  async spentToday(keyId: string) {
    return spentToday(this.#database, keyId, this.now());
  }

  override async alarm(): Promise<void> {
    await runDue(this.#database, this.ctx.storage, this.now(), { [FORGET_TASK]: (now) => forget(this.#database, now) }, (task, error) =>
      console.error(errorLine("nser-origin", this.now(), `the task ${task} failed`, errorFacts(error))));
  }
}
