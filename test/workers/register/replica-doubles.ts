import type { Instant } from "../../../src/kernel/clock.ts";
import type { Environment } from "../../../workers/register/environment.ts";
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
}

declare global {
  namespace Cloudflare {
    interface Env {
      CLOCKED_REPLICA: DurableObjectNamespace;
      SHARDS: KVNamespace;
    }
  }
}
