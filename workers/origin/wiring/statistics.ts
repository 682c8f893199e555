import type { ReplicaPlace } from "../../../src/check/places.ts";
import { within } from "../../../src/check/regions.ts";
import { keepStatistics } from "../../../src/domains/exclusions/statistics/count.ts";
import { type AskedReplica, sampleReplicas } from "../../../src/domains/exclusions/statistics/staleness.ts";
import type { Environment } from "../environment.ts";
import type { Ground } from "./ground.ts";
import { failing } from "./report.ts";

const REPLICA_DEADLINE_MS = 5_000;

const uncounted = failing("exclusions were not counted, or Replicas not measured");

/** Keeps the figures of exclusions, and of how old Replicas' copies are. */
export function statistician({ office, settings, clock, random }: Ground, environment: Environment): () => Promise<unknown> {
  const replicas = replicasOf(environment, settings.REGIONS);
  return () => Promise.all([keepStatistics({ office, clock, random }).catch(uncounted), sampleReplicas({ office, replicas, clock }).catch(uncounted)]);
}

/** Every Replica, as it is asked how old its copy is: no row is asked for. */
const replicasOf = ({ REPLICA }: Environment, places: readonly ReplicaPlace[]): AskedReplica[] =>
  places.map(({ name, region }) => ({
    name,
    age: async () => (await within(REPLICA.getByName(name, { locationHint: region }).poll(Number.MAX_SAFE_INTEGER), REPLICA_DEADLINE_MS, (ms) => scheduler.wait(ms))).age,
  }));
