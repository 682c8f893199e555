import { DurableObject } from "cloudflare:workers";
import migrations from "../../migrations/audit-log/migrations.js";
import type { AuditSource, LogEntry } from "../../src/audit/entry.ts";
import { Log } from "../../src/audit/log/log.ts";
import type { AuditLogApi } from "../../src/audit/rpc.ts";
import { parseSigningKey } from "../../src/kernel/ed25519.ts";
import { openDatabase } from "../../src/objects/database.ts";
import { random } from "../../src/objects/shell.ts";
import { logSigner } from "../../src/tlog/sign.ts";
import type { Environment } from "./environment.ts";

/** The audit log: one object, one tree. */
export class AuditLog extends DurableObject<Environment> implements Pick<AuditLogApi, "append" | "find" | "checkpoint"> {
  #log!: Log;

  constructor(state: DurableObjectState, env: Environment) {
    super(state, env);
    const database = openDatabase(state, migrations);
    void state.blockConcurrencyWhile(async () => {
      const signer = await logSigner(env.LOG_ORIGIN, parseSigningKey(env.LOG_KEY, "LOG_KEY").seed);
      this.#log = new Log({ database, signer, random, wait: (ms) => scheduler.wait(ms) });
    });
  }

  async append(source: AuditSource, entries: readonly LogEntry[]) {
    return this.#log.append(source, entries);
  }

  async find(ids: readonly string[]) {
    return this.#log.find(ids);
  }

  async checkpoint() {
    return this.#log.checkpoint();
  }
}
