import { DurableObject } from "cloudflare:workers";
import type { Change, ReplicaApi } from "../../../src/check/feed.ts";
import type { KeptRows, ReplicaRecoveryApi } from "../../../src/domains/exclusions/recovery/rpc.ts";
import type { Instant } from "../../../src/kernel/clock.ts";
import type { Environment } from "../../../workers/register/environment.ts";
import { Register } from "../../../workers/register/register.ts";
import { RootKeys } from "../../support/lineages.ts";
import { memoryLog } from "../audit/log.ts";
import { memoryBucket } from "./bucket.ts";

/** Far enough ahead that no alarm of a test goes off by itself. 2100-01-01T09:00:00 in Nairobi. */
export const START: Instant = Date.UTC(2100, 0, 1, 6);

const rootKeys = new Map<string, RootKeys>();

/** What one Register's tokenizer holds, for the test. */
export function rootKeysOf(register: string): RootKeys {
  const known = rootKeys.get(register) ?? new RootKeys();
  rootKeys.set(register, known);
  return known;
}

/** Register under a clock that stands still until the test moves it; it is kept in the object, so that it survives eviction. */
export class ClockedRegister extends Register {
  constructor(state: DurableObjectState, env: Environment & { RECORDING_REPLICA: Environment["REPLICA"] }) {
    super(state, { ...env, REPLICA: env.RECORDING_REPLICA, REGIONS: "weur:2,eeur", TOKENIZER: rootKeysOf(state.id.name!), RECOVERY: memoryBucket(state.id.name!, () => state.storage.sync()), AUDIT_LOG: memoryLog(state.id.name!) });
  }

  protected override now(): Instant {
    const now = this.ctx.storage.kv.get<Instant>("now") ?? START;
    const pace = this.ctx.storage.kv.get<number>("pace");
    if (pace) this.ctx.storage.kv.put("now", now + pace);
    return now;
  }

  /** Lets the clock go on by so much each time it is read; 0 stops it again. */
  setPace(ms: number): void {
    this.ctx.storage.kv.put("pace", ms);
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

/** Remembers the pushes it got; `setBroken` makes it refuse everything. Rows it holds are what a test says. */
export class RecordingReplica extends DurableObject implements Pick<ReplicaApi, "push">, ReplicaRecoveryApi {
  #pushes: { logId: string; rows: Change[] }[] = [];
  #broken = false;
  #held: { logId: string; rows: Change[] } | null = null;

  setHeld(held: { logId: string; rows: Change[] } | null): void {
    this.#held = held;
  }

  /** Two rows a page, so that pages are asked for. */
  async kept(after: number): Promise<KeptRows> {
    if (this.#broken) throw new Error("this replica is down");
    const rows = this.#held?.rows ?? [];
    return { logId: this.#held?.logId ?? null, seq: rows.at(-1)?.seq ?? 0, rows: rows.filter(({ seq }) => seq > after).slice(0, 2) };
  }

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
