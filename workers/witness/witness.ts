import { DurableObject } from "cloudflare:workers";
import migrations from "../../migrations/witness/migrations.js";
import { type Instant, MINUTE } from "../../src/kernel/clock.ts";
import { type ObjectDatabase, openDatabase } from "../../src/objects/database.ts";
import { errorLine } from "../../src/objects/shell.ts";
import type { AddCheckpoint } from "../../src/tlog/witness.ts";
import { forksOf, keep } from "../../src/witness/keep.ts";
import type { WitnessApi } from "../../src/witness/rpc.ts";

/** What is remembered of one log. It holds no key: what it keeps is cosigned when its write is done. */
export class Witness extends DurableObject<object> implements WitnessApi {
  readonly #database: ObjectDatabase;
  readonly #reportedAt = new Map<string, Instant>();

  constructor(state: DurableObjectState, env: object) {
    super(state, env);
    this.#database = openDatabase(state, migrations);
  }

  /** The present; tests say another. */
  protected now(): Instant {
    return Date.now();
  }

  /** Where error lines go; tests read them. */
  protected write(line: string): void {
    console.error(line);
  }

  async keep(request: AddCheckpoint) {
    return keep(this.#database, request, this.now(), (message, facts) => this.#report(message, facts));
  }

  async forks() {
    return forksOf(this.#database);
  }

  /** Each message once a minute at most: whoever has read a checkpoint can send it with a proof that proves nothing. */
  #report(message: string, facts: Record<string, string>): void {
    const now = this.now();
    if (now - (this.#reportedAt.get(message) ?? 0) < MINUTE) return;
    this.#reportedAt.set(message, now);
    this.write(errorLine("nser-witness", now, message, facts));
  }
}
