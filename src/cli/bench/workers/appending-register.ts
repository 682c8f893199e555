/** The register Worker with a door for prove-log: its audit log is asked directly, and says how large it is. */
import { DurableObject } from "cloudflare:workers";
import type { LogEntry } from "../../../audit/entry.ts";
import { LOG_NAME } from "../../../audit/rpc.ts";
import type { Environment } from "../../../../workers/register/environment.ts";
import * as production from "../../../../workers/register/index.ts";

export { LastResort, Register, Replica } from "../../../../workers/register/index.ts";

export class AuditLog extends production.AuditLog {
  /** Bytes of the object's database. */
  databaseSize(): number {
    return this.ctx.storage.sql.databaseSize;
  }
}

/** What an object does at least: the same rows in one transaction. */
export class BareRows extends DurableObject {
  writeBare(entries: readonly LogEntry[]): null {
    this.ctx.storage.sql.exec("create table if not exists rows (id text primary key, entry text)");
    this.ctx.storage.sql.exec("insert into rows select value ->> 'id', value from json_each(?)", JSON.stringify(entries));
    return null;
  }
}

/** One call by the last part of the address; its arguments are the body. */
export default {
  async fetch(request: Request, env: Environment & { BARE: DurableObjectNamespace<BareRows> }): Promise<Response> {
    const verb = new URL(request.url).pathname.slice(1);
    const object = (verb === "writeBare" ? env.BARE : env.AUDIT_LOG).getByName(LOG_NAME) as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
    return Response.json(await object[verb]!(...((await request.json()) as unknown[])));
  },
};
