import type { Instant } from "../../../src/kernel/clock.ts";
import type { Environment } from "../../../workers/register/environment.ts";
import type { WritableHome } from "../../../src/replication/publish.ts";
import { Replica } from "../../../workers/register/replica.ts";
import { START } from "./doubles.ts";

/** A Replica under a clock the test moves, which follows the test's Register. */
export class ClockedReplica extends Replica {
  constructor(state: DurableObjectState, env: Environment & { CLOCKED_REGISTER: Environment["REGISTER"] }) {
    super(state, { ...env, REGISTER: env.CLOCKED_REGISTER, REGIONS: state.id.name!.split("/")[0]! });
  }

  protected override registerName(): string {
    return this.ctx.id.name!;
  }

  protected override now(): Instant {
    return this.ctx.storage.kv.get<Instant>("now") ?? START;
  }

  setNow(now: Instant): void {
    this.ctx.storage.kv.put("now", now);
  }

  /** A second home in the object's own storage, where it survives eviction; there is none until the test says so. */
  protected override secondHome(): WritableHome | null {
    const { kv } = this.ctx.storage;
    const state = kv.get<SecondHome>("second") ?? "none";
    if (state === "none") return null;
    const whenUp = async <T>(work: () => T): Promise<T> => {
      if (state === "down") throw new Error("unreachable");
      return work();
    };
    return {
      name: "second",
      read: (hash) => whenUp(() => kv.get<Uint8Array>(`blob/${hash}`) ?? null),
      put: (hash, bytes) => whenUp(() => kv.put(`blob/${hash}`, bytes)),
      delete: (hashes) => whenUp(() => hashes.forEach((hash) => kv.delete(`blob/${hash}`))),
    };
  }

  setSecondHome(state: SecondHome): void {
    this.ctx.storage.kv.put("second", state);
  }

  /** The hashes the second home has. */
  secondHashes(): string[] {
    return [...this.ctx.storage.kv.list({ prefix: "blob/" })].map(([key]) => key.slice("blob/".length));
  }
}

export type SecondHome = "none" | "up" | "down";

declare global {
  namespace Cloudflare {
    interface Env {
      CLOCKED_REPLICA: DurableObjectNamespace;
      SHARDS: KVNamespace;
    }
  }
}
