/** The register Worker with its operations counted, and a door for the benchmark. */
import type { ManifestRef } from "../../../check/feed.ts";
import { DEFAULT_TERMS } from "../../../check/terms.ts";
import type { StatedIdentifier } from "../../../domains/exclusions/model.ts";
import { REGISTER_NAME } from "../../../domains/exclusions/rpc.ts";
import { fromHex } from "../../../kernel/bytes.ts";
import type { Environment } from "../../../../workers/register/environment.ts";
import * as production from "../../../../workers/register/index.ts";
import { add, type Counts, counted } from "./counted.ts";

export { AuditLog, LastResort } from "../../../../workers/register/index.ts";

const counts: Counts = {};

/** Counts the rows that an object's statements read and write, as the platform itself counts them. */
function countRows({ storage: { sql } }: DurableObjectState): void {
  const exec = sql.exec.bind(sql);
  sql.exec = (<Row extends Record<string, SqlStorageValue>>(query: string, ...bindings: unknown[]) => {
    const cursor = exec<Row>(query, ...bindings);
    queueMicrotask(() => {
      add(counts, "rows read", cursor.rowsRead);
      add(counts, "rows written", cursor.rowsWritten);
    });
    return cursor;
  }) as typeof sql.exec;
}

export class Register extends production.Register {
  constructor(state: DurableObjectState, env: Environment) {
    countRows(state);
    super(state, counted(env, counts));
  }
}

export class Replica extends production.Replica {
  readonly #sql: SqlStorage;

  constructor(state: DurableObjectState, env: Environment) {
    countRows(state);
    super(state, counted(env, counts));
    this.#sql = state.storage.sql;
  }

  override async alarm(): Promise<void> {
    add(counts, "REPLICA.alarm");
    await super.alarm();
  }

  /** Adds members that came from no log, 16 bytes after 16 bytes. */
  fill(members: ArrayBuffer): void {
    this.#sql.exec(
      `WITH RECURSIVE row(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM row WHERE n + 1 < ?2)
       INSERT OR IGNORE INTO members SELECT 0, substr(?1, 16 * n + 1, 16) FROM row`,
      members, members.byteLength / 16,
    );
  }
}

async function act(verb: string, request: Request, env: Environment): Promise<unknown> {
  const register = env.REGISTER.getByName(REGISTER_NAME);
  const commandId = crypto.randomUUID();
  if (verb === "operations") return counts;
  if (verb.startsWith("fill/")) {
    return (env.REPLICA.getByName(verb.slice("fill/".length)) as unknown as Replica).fill(await request.arrayBuffer());
  }
  const body = await request.json<Record<string, string>>();
  if (verb === "head") return register.poll(0);
  if (verb === "announce") return register.announce(body as unknown as ManifestRef);
  if (verb === "enrol") return register.enrolOperator({ commandId, fingerprint: "", name: "Bench Bets", requiredKinds: [] });
  if (verb === "issue") {
    const terms = { ...DEFAULT_TERMS, perSecond: 100_000 };
    return register.issueKey({ commandId, fingerprint: "", operator: body.operator!, hash: body.hash!, sealedReply: new Uint8Array(), terms });
  }
  const phone: StatedIdentifier = { p: fromHex(body.p!), kind: "msisdn", evidence: "code" };
  return register.register({ commandId, policy: "6m", channel: "web", identifiers: [phone], box: null });
}

export default {
  async fetch(request: Request, env: Environment): Promise<Response> {
    const answer = await act(new URL(request.url).pathname.slice(1), request, env);
    return Response.json(answer ?? null);
  },
};
