import type { ReplicaApi } from "../../../src/check/feed.ts";
import type { ObjectNamespace } from "../../../src/kernel/rpc.ts";
import { type RegionName, rttMs } from "../../../src/simulation/rtt.ts";

type Methods = Record<string, (...parameters: never[]) => Promise<unknown>>;

/** The named calls of something `rtt` ms away: half of that passes before each arrives, and half before it answers. */
export function far<Api extends object>(rtt: number, near: Api, names: (keyof Api & string)[]): Api {
  const calls: Methods = {};
  for (const name of names) {
    calls[name] = async (...parameters) => {
      await scheduler.wait(rtt / 2);
      const answer = await (near as unknown as Methods)[name]!(...parameters);
      await scheduler.wait(rtt / 2);
      return answer;
    };
  }
  return calls as Api;
}

/** The Replicas as they are reached from `here`. */
export const replicasFrom = <Api extends ReplicaApi>(here: RegionName, near: ObjectNamespace<Api>): ObjectNamespace<Api> => ({
  getByName: (name, options) =>
    far(rttMs(here, name.split("/")[0] as RegionName), near.getByName(name, options), ["poll", "first", "shard", "push", "kept"] as (keyof Api & string)[]),
});
