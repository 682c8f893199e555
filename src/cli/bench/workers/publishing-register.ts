/** The register Worker with a door for publish.ts: a Replica that is filled directly, and times its own publication. */
import type { StatedIdentifier } from "../../../domains/exclusions/model.ts";
import { REGISTER_NAME } from "../../../domains/exclusions/rpc.ts";
import type { Environment } from "../../../../workers/register/environment.ts";
import * as production from "../../../../workers/register/index.ts";

export { AuditLog, LastResort, Register } from "../../../../workers/register/index.ts";

export class Replica extends production.Replica {
  readonly #steps: number[] = [];
  readonly #put: { bytes: number; blobs: number };

  constructor(state: DurableObjectState, env: Environment) {
    const put = { bytes: 0, blobs: 0 };
    // KV is elsewhere: this machine's stand-in for it would write to its disk on the very thread that is measured.
    const counting = async (_: string, bytes: Uint8Array): Promise<void> => {
      await scheduler.wait(0);
      put.bytes += bytes.length;
      put.blobs++;
    };
    super(state, { ...env, SHARDS: { put: counting } as unknown as KVNamespace });
    this.#put = put;
  }

  override async alarm(): Promise<void> {
    const from = await timeNow();
    await super.alarm();
    this.#steps.push((await timeNow()) - from);
  }

  /** Adds random members, in order, which spares the pages of the table from being written again and again. */
  fill(rows: number): void {
    const numbers = `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${rows}) select i from n`;
    this.ctx.storage.sql.exec(`insert into members select 0, randomblob(16) as p from (${numbers}) order by p`);
  }

  /** What publish.ts reads as its `Progress`. */
  progress() {
    const announced = this.ctx.storage.sql.exec("select 1 from publication where state = 'announced'").toArray().length > 0;
    return { announced, steps: this.#steps, ...this.#put, databaseBytes: this.ctx.storage.sql.databaseSize };
  }
}

/** Time stands still in a Worker while it computes; a wait lets it catch up. */
async function timeNow(): Promise<number> {
  await scheduler.wait(0);
  return Date.now();
}

/** One act by the last part of the address. */
async function act(verb: string, rows: number, env: Environment): Promise<unknown> {
  const replica = env.REPLICA.getByName("weur/1") as unknown as Replica;
  if (verb === "fill") return replica.fill(rows);
  if (verb === "progress") return replica.progress();
  if (verb === "poll") return (await replica.poll(0)).seq;
  const phone: StatedIdentifier = { p: crypto.getRandomValues(new Uint8Array(16)), kind: "msisdn", evidence: "code" };
  const command = { commandId: crypto.randomUUID(), policy: "24h" as const, channel: "web" as const, box: null };
  return env.REGISTER.getByName(REGISTER_NAME).register({ ...command, identifiers: [phone] });
}

export default {
  async fetch(request: Request, env: Environment): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    return Response.json((await act(pathname.slice(1), Number(searchParams.get("rows")), env)) ?? null);
  },
};
