import edge from "../../../../workers/edge/index.ts";
import type { Environment } from "../../../../workers/edge/environment.ts";
import { add, type Counts, counted } from "./counted.ts";

const counts: Counts = {};
let untilFirstAnswer: Counts | null = null;
let environment: Environment | null = null;

/** The edge Worker with its operations counted; `GET /operations` tells them, and those before the first answer. */
export default {
  async fetch(request: Request, env: Environment, context: ExecutionContext): Promise<Response> {
    if (new URL(request.url).pathname === "/operations") return Response.json({ counts, untilFirstAnswer });
    add(counts, "requests");
    const response = await edge.fetch(request, (environment ??= counted(env, counts)), context);
    untilFirstAnswer ??= { ...counts };
    return response;
  },
};
