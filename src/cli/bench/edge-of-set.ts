/** The edge Worker over a drawn set, alone in a workerd with the bare route beside it. */
import type { Pseudonym } from "../../bst/kinds.ts";
import { Load } from "../load.ts";
import type { Secrets } from "../secrets.ts";
import { CONNECTIONS } from "./interleave.ts";
import type { LargeSet } from "./large-set.ts";
import { sleep } from "./registrations.ts";
import { serveReplica, StandInReplica } from "./stand-in-replica.ts";
import { checksTo, oneOfEachShard } from "./traffic.ts";
import { bareWorker, edgeAlone, startWorkerd, type Workerd } from "./workerd.ts";

/** Every shard once and some again: what is fetched beyond that takes another's place. */
const ENOUGH = 1.25;
/** An isolate's pause between two turns of fetching. */
const TURN_MS = 300;

export interface EdgeOfSet {
  workerd: Workerd;
  replica: StandInReplica;
  /** Where the stand-in Replica listens. */
  replicaUrl: string;
  edge: string;
  bare: string;
  stop(): Promise<void>;
}

export async function startEdge(set: LargeSet, secrets: Secrets, options: { inspectorPort?: number } = {}): Promise<EdgeOfSet> {
  const replica = new StandInReplica(set);
  const { url: replicaUrl, stop } = await serveReplica(replica);
  const workerd = await startWorkerd([await edgeAlone(replicaUrl, secrets.edge), await bareWorker(ANSWER_BYTES)], options);
  return {
    workerd, replica, replicaUrl,
    edge: await workerd.url("edge"),
    bare: await workerd.url("bare"),
    stop: async () => {
      await workerd.stop();
      stop();
    },
  };
}

/** What a `clear` of one phone weighs: `maxStalenessMs` of three digits and a sequence of one. */
export const ANSWER_BYTES = JSON.stringify({
  decision: "clear", purpose: "login", kinds: ["msisdn"], sequence: 1, freshThrough: new Date(0).toISOString(), maxStalenessMs: 100, answerId: `${crypto.randomUUID()}.100000`,
}).length;

/** Asks about each shard until all are in memory, or until so many came that the rest has no room. */
export async function warm({ edge, replica }: EdgeOfSet, set: LargeSet, token: (p: Pseudonym) => string): Promise<void> {
  const shards = set.published.shards.length;
  for (let asked = shards; asked > 0 && replica.asked.blobs < ENOUGH * shards; ) {
    const load = await Load.open(checksTo(edge, oneOfEachShard(set, token)), CONNECTIONS);
    const before = replica.asked.firsts;
    await load.burst(shards / CONNECTIONS);
    load.close();
    asked = replica.asked.firsts - before;
    await sleep(TURN_MS);
  }
}
