import { DurableObject } from "cloudflare:workers";
import migrations from "../../migrations/challenge/migrations.js";
import * as codes from "../../src/domains/authentication/challenge.ts";
import type { ChallengeApi, RepliesApi } from "../../src/domains/authentication/rpc.ts";
import type { Instant } from "../../src/kernel/clock.ts";
import { type ObjectDatabase, openDatabase } from "../../src/objects/database.ts";
import { armAlarm, runDue } from "../../src/objects/due.ts";
import { errorFacts, errorLine, random } from "../../src/objects/shell.ts";
import { ChallengeSettings, readSettings } from "./environment.ts";

/** One phone's one-time codes, and which of its messages were replied to. Holds nothing once they are over. */
export class Challenge extends DurableObject<object> implements ChallengeApi, RepliesApi {
  readonly #pepper: Uint8Array;
  #opened: ObjectDatabase | null = null;

  constructor(state: DurableObjectState, env: object) {
    super(state, env);
    this.#pepper = readSettings(ChallengeSettings, env).CODE_PEPPER;
  }

  /** The present; tests say another. */
  protected now(): Instant {
    return Date.now();
  }

  async issue(request: Parameters<ChallengeApi["issue"]>[0]) {
    return this.#settled(codes.issue(this.#database, this.#pepper, request, this.now(), random));
  }

  async withdraw(request: Parameters<ChallengeApi["withdraw"]>[0]) {
    return this.#settled(codes.withdraw(this.#database, request));
  }

  async verify(request: Parameters<ChallengeApi["verify"]>[0]) {
    return this.#settled(codes.verify(this.#database, this.#pepper, request, this.now()));
  }

  async spend(request: Parameters<ChallengeApi["spend"]>[0]) {
    return this.#settled(codes.spend(this.#database, request, this.now()));
  }

  async mayReply(request: Parameters<RepliesApi["mayReply"]>[0]) {
    return this.#settled(codes.mayReply(this.#database, request, this.now()));
  }

  override async alarm(): Promise<void> {
    const tasks = { [codes.DROP_TASK]: (now: Instant) => codes.dropOver(this.#database, now) };
    await runDue(this.#database, this.ctx.storage, this.now(), tasks, (task, error) =>
      console.error(errorLine("nser-origin", this.now(), `the task ${task} failed`, errorFacts(error))));
    await this.#settled(undefined);
  }

  /** Opened by the first use, and anew after the object emptied itself. */
  get #database(): ObjectDatabase {
    return (this.#opened ??= openDatabase(this.ctx, migrations));
  }

  /** With its last row the object itself goes: that there was ever a code for this phone is known nowhere. */
  async #settled<Answer>(answer: Answer): Promise<Answer> {
    if (codes.isEmpty(this.#database)) {
      this.#opened = null;
      await this.ctx.storage.deleteAll();
    } else {
      await armAlarm(this.#database, this.ctx.storage);
    }
    return answer;
  }
}
