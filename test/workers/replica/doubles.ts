import { DurableObject } from "cloudflare:workers";
import migrations from "../../../migrations/replica/migrations.js";
import type { Change, RegisterPoll } from "../../../src/check/feed.ts";
import { type ObjectDatabase, openDatabase } from "../../../src/objects/database.ts";
import { Follower, type Source } from "../../../src/replication/follow.ts";

/** A Replica's copy in a real object, following a Register the test writes, on a clock the test moves. */
export class Copy extends DurableObject {
  readonly database: ObjectDatabase;
  now = 1_800_000_000_000;
  /** How far Register's clock is ahead of the copy's. */
  skew = 0;
  /** What Register answers; null when it does not. */
  register: { logId: string; rows: Change[] } | null = { logId: "log-1", rows: [] };
  polls = 0;
  /** What each poll said of the copy. */
  asked: Parameters<Source["poll"]>[] = [];
  reports: string[] = [];
  /** How many rows Register puts into one answer. */
  page = 5_000;
  follower: Follower;

  constructor(state: DurableObjectState, env: Cloudflare.Env) {
    super(state, env);
    this.database = openDatabase(state, migrations);
    this.follower = this.follow();
  }

  /** A follower just constructed over the same rows, as after a restart. */
  follow(): Follower {
    const source = {
      poll: async (...copy: Parameters<Source["poll"]>) => this.#poll(...copy),
      copy: () => Promise.reject(new Error("nothing was dropped")),
    };
    const report = (what: string) => void this.reports.push(what);
    return new Follower({ database: this.database, source, clock: () => this.now, report });
  }

  append(type: "excluded" | "released", person: number): void {
    const { rows } = this.register!;
    rows.push({ seq: rows.length + 1, t: this.now, type, rootEpoch: 0, p: new Uint8Array(16).fill(person) });
  }

  #poll(...copy: Parameters<Source["poll"]>): RegisterPoll {
    const [after] = copy;
    this.polls++;
    this.asked.push(copy);
    if (!this.register) throw new Error("Register is gone");
    const { logId, rows } = this.register;
    return { logId, seq: rows.length, t: this.now + this.skew, from: 1, rows: rows.slice(after, after + this.page) };
  }
}

declare global {
  namespace Cloudflare {
    interface Env {
      COPY: DurableObjectNamespace;
    }
  }
}
