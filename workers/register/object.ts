import { DurableObject } from "cloudflare:workers";
import migrations from "../../migrations/register/migrations.js";
import type { Instant } from "../../src/kernel/clock.ts";
import { openDatabase } from "../../src/objects/database.ts";
import { runDue } from "../../src/objects/due.ts";
import { errorFacts, errorLine } from "../../src/objects/shell.ts";
import { Acts } from "./acts.ts";
import type { Environment } from "./environment.ts";
import { Keeping, type Report } from "./keeping.ts";
import { pushesOf } from "./pushes.ts";
import { type RegisterSettings, settingsOf } from "./settings.ts";
import { tasksOf } from "./tasks.ts";

/**
 * Register's life, apart from what it can be asked: it begins with the storage it finds and does what is due. Whoever holds the binding can call
 * each method of the class, and none of these fields.
 */
export class RegisterObject extends DurableObject<Environment> {
  protected readonly keeping: Keeping;
  protected readonly settings: RegisterSettings;
  protected readonly acts: Acts;
  readonly #report: Report = (message, facts) => this.write(errorLine("nser-register", this.now(), message, facts));

  constructor(state: DurableObjectState, env: Environment) {
    super(state, env);
    const clock = () => this.now();
    this.keeping = new Keeping({ state, env, database: openDatabase(state, migrations), clock, report: this.#report });
    void state.blockConcurrencyWhile(() => this.keeping.begin());
    this.settings = settingsOf(env);
    this.acts = new Acts({ state, keeping: this.keeping, clock, pushes: pushesOf(env, this.keeping, this.#report) });
  }

  /** The present; tests say another. */
  protected now(): Instant {
    return Date.now();
  }

  /** Where error lines go; tests read them. */
  protected write(line: string): void {
    console.error(line);
  }

  override async alarm(): Promise<void> {
    const { keeping, acts, settings } = this;
    if (keeping.refused) return keeping.cryOut();
    const tasks = tasksOf({ keeping, acts, settings, report: this.#report });
    await runDue(keeping.database, this.ctx.storage, this.now(), tasks, (task, error) => this.#report(`the task ${task} failed`, errorFacts(error)));
  }
}
