import { WorkerEntrypoint } from "cloudflare:workers";
import type { ReplicaApi } from "../../src/check/feed.ts";
import { REGISTER_NAME } from "../../src/domains/exclusions/rpc.ts";
import type { Environment } from "./environment.ts";

/** What the edge may ask of Register when no Replica answers. A binding to the object itself would let it write there. */
export class LastResort extends WorkerEntrypoint<Environment> implements Pick<ReplicaApi, "poll"> {
  async poll(after: number, logId?: string | null) {
    return this.env.REGISTER.getByName(REGISTER_NAME).pollByIsolate(after, logId);
  }
}
