/** The edge's environment with a Replica and a store of shards behind a socket (stand-in-replica.ts); Workers and Node alike. */
import type { Environment } from "../../../../workers/edge/environment.ts";
import type { FirstAnswer, FirstQuestion, ReplicaApi, ReplicaPoll } from "../../../check/feed.ts";
import { toHex } from "../../../kernel/bytes.ts";

export interface Elsewhere {
  REPLICA_URL: string;
}

export function withReplicaElsewhere<Given extends Elsewhere>(env: Given): Given & Pick<Environment, "REPLICA" | "SHARDS" | "LAST_RESORT"> {
  const url = env.REPLICA_URL;
  const poll = async (after: number): Promise<ReplicaPoll> => (await fetch(`${url}/poll/${after}`)).json();
  const first = async (question: FirstQuestion): Promise<FirstAnswer> =>
    (await fetch(`${url}/first`, { method: "POST", body: JSON.stringify(question, written) })).json();
  const replica: ReplicaApi = { poll, first, shard: () => Promise.resolve(null), push: () => Promise.resolve() };
  const get = async (hash: string): Promise<ArrayBuffer | null> => {
    const response = await fetch(`${url}/blob/${hash}`);
    return response.ok ? response.arrayBuffer() : null;
  };
  return { ...env, REPLICA: { getByName: () => replica }, SHARDS: { get } as unknown as KVNamespace, LAST_RESORT: replica };
}

/** A pseudonym as JSON can hold it. */
const written = (_: string, value: unknown): unknown => (value instanceof Uint8Array ? toHex(value) : value);
