import { DurableObject } from "cloudflare:workers";
import type { Change, ReplicaApi } from "../../../src/check/feed.ts";
import type { Instant } from "../../../src/kernel/clock.ts";
import type { Environment } from "../../../workers/register/environment.ts";
import { Register } from "../../../workers/register/register.ts";

/** Far enough ahead that no alarm of a test goes off by itself. 2100-01-01T09:00:00 in Nairobi. */
export const START: Instant = Date.UTC(2100, 0, 1, 6);

/** Register under a clock that stands still until the test moves it; it is kept in the object, so that it survives eviction. */
export class ClockedRegister extends Register {
  constructor(state: DurableObjectState, env: Environment & { RECORDING_REPLICA: Environment["REPLICA"] }) {
    super(state, { ...env, REPLICA: env.RECORDING_REPLICA, REGIONS: "weur:2,eeur" });
  }

  protected override now(): Instant {
    return this.ctx.storage.kv.get<Instant>("now") ?? START;
  }

  setNow(now: Instant): void {
    this.ctx.storage.kv.put("now", now);
  }

  readonly #lines: string[] = [];

  protected override write(line: string): void {
    this.#lines.push(line);
  }

  lines(): string[] {
    return this.#lines;
  }
}

/** Remembers the pushes it got; `setBroken` makes it refuse them. */
export class RecordingReplica extends DurableObject implements Pick<ReplicaApi, "push"> {
  #pushes: { logId: string; rows: Change[] }[] = [];
  #broken = false;

  async push(logId: string, rows: Change[]): Promise<void> {
    if (this.#broken) throw new Error("this replica is down");
    this.#pushes.push({ logId, rows });
  }

  setBroken(broken: boolean): void {
    this.#broken = broken;
  }

  pushes(): { logId: string; rows: Change[] }[] {
    return this.#pushes;
  }
}

declare global {
  namespace Cloudflare {
    interface Env {
      CLOCKED_REGISTER: DurableObjectNamespace;
      RECORDING_REPLICA: DurableObjectNamespace;
    }
  }
}
