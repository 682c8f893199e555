/** The register Worker with its objects apart by the round trips between their regions, and a door for the test. */
import type { Change, FirstQuestion, ReplicaApi, ShardPlace } from "../../../src/check/feed.ts";
import { DEFAULT_TERMS } from "../../../src/check/terms.ts";
import type { StatedIdentifier } from "../../../src/domains/exclusions/model.ts";
import { REGISTER_NAME } from "../../../src/domains/exclusions/rpc.ts";
import { fromHex } from "../../../src/kernel/bytes.ts";
import type { Environment } from "../../../workers/register/environment.ts";
import * as production from "../../../workers/register/index.ts";
import { HOME, type RegionName, rttMs } from "../../../src/simulation/rtt.ts";
import { far, replicasFrom } from "./far.ts";

export { LastResort } from "../../../workers/register/index.ts";

export class Register extends production.Register {
  constructor(state: DurableObjectState, env: Environment) {
    super(state, { ...env, REPLICA: replicasFrom(HOME, env.REPLICA) });
  }

  /** Loses everything, and its memory. */
  async destroy(): Promise<void> {
    await this.ctx.storage.deleteAll();
    this.ctx.abort("destroyed by the test");
  }
}

/** A Replica that hangs in the calls it is cut off from. */
export class Replica extends production.Replica {
  #cut: string[] = [];

  constructor(state: DurableObjectState, env: Environment) {
    const rtt = rttMs(state.id.name!.split("/")[0] as RegionName, HOME);
    super(state, { ...env, REGISTER: { getByName: (name) => far(rtt, env.REGISTER.getByName(name), ["poll", "copy", "announce"]) } });
  }

  cut(calls: string[]): void {
    this.#cut = calls;
  }

  async #reach(call: keyof ReplicaApi): Promise<void> {
    while (this.#cut.includes(call)) await scheduler.wait(100);
  }

  override async poll(after: number) {
    await this.#reach("poll");
    return super.poll(after);
  }

  override async first(question: FirstQuestion) {
    await this.#reach("first");
    return super.first(question);
  }

  override async shard(place: ShardPlace) {
    await this.#reach("shard");
    return super.shard(place);
  }

  override async push(logId: string, rows: Change[]) {
    await this.#reach("push");
    return super.push(logId, rows);
  }
}

/** One act of the test, by the last part of the address. */
async function act(verb: string, body: Record<string, string>, env: Environment): Promise<unknown> {
  const register = env.REGISTER.getByName(REGISTER_NAME);
  const commandId = crypto.randomUUID();
  if (verb === "cut") {
    return (env.REPLICA.getByName(body.replica!) as unknown as Replica).cut(body.calls!.split(","));
  }
  if (verb === "destroy") {
    return (register as unknown as Register).destroy().catch(() => null);
  }
  if (verb === "recover") {
    return register.restoreStep({ without: [], acceptEnd: null });
  }
  if (verb === "register") {
    const phone: StatedIdentifier = { p: fromHex(body.p!), kind: "msisdn", evidence: "code" };
    const result = await register.register({ commandId, policy: "6m", channel: "web", identifiers: [phone], box: null });
    return { result, committedAt: Date.now() };
  }
  if (verb === "published") {
    const { rows } = await register.poll(0);
    return { announced: rows.findLast((row) => row.type === "manifest")?.manifest.sequence ?? 0, changed: rows.findLast((row) => "p" in row)?.seq ?? 0 };
  }
  if (verb === "enrol") return register.enrolOperator({ commandId, fingerprint: "", name: "Nine Bets", requiredKinds: ["msisdn"] });
  // Its checks come as fast as they are answered.
  const terms = { ...DEFAULT_TERMS, perSecond: 100_000 };
  return register.issueKey({ commandId, fingerprint: "", operator: body.operator!, hash: body.hash!, sealedReply: new Uint8Array(), terms });
}

export default {
  async fetch(request: Request, env: Environment): Promise<Response> {
    const answer = await act(new URL(request.url).pathname.slice(1), await request.json(), env);
    return Response.json(answer ?? null);
  },
};
