import edge from "../../../../workers/edge/index.ts";
import type { Environment } from "../../../../workers/edge/environment.ts";
import { type Elsewhere, withReplicaElsewhere } from "./replica-elsewhere.ts";

let environment: (Environment & Elsewhere) | null = null;

/** The edge Worker in a process of its own. Its environment is made once, so that a check costs what it costs when deployed. */
export default {
  fetch: (request: Request, env: Environment & Elsewhere, context: ExecutionContext) =>
    edge.fetch(request, (environment ??= withReplicaElsewhere(env)), context),
};
