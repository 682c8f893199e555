/** The edge Worker as it stands in one region: the same code, with the way to everything else as long as it is from there. */
import edge from "../../../workers/edge/index.ts";
import type { Environment } from "../../../workers/edge/environment.ts";
import { HOME, type RegionName, rttMs } from "../../../src/simulation/rtt.ts";
import { far, replicasFrom } from "./far.ts";

export default {
  fetch: (request: Request, env: Environment & { HERE: RegionName }, context: ExecutionContext) =>
    edge.fetch(
      request,
      { ...env, REPLICA: replicasFrom(env.HERE, env.REPLICA), LAST_RESORT: far(rttMs(env.HERE, HOME), env.LAST_RESORT, ["poll"]) },
      context,
    ),
};
