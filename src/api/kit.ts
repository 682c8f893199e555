import { OpenAPIHono } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { methodNotAllowed } from "hono/method-not-allowed";
import { requestId, type RequestIdVariables } from "hono/request-id";
import { routePath } from "hono/route";
import { secureHeaders } from "hono/secure-headers";
import type { RequestOrigin } from "../kernel/actor.ts";
import type { Clock } from "../kernel/clock.ts";
import { logLine } from "../kernel/log-line.ts";
import { SECURE } from "../pages/secure.ts";
import { crossOrigin } from "./cross-origin.ts";
import { refuseInvalid } from "./fields.ts";
import { type Admit, limited } from "./limiting.ts";
import type { Limits } from "./limits.ts";
import { answerProblem, asProblem, ProblemError } from "./problem.ts";

/** Hears that somebody came with a wrong secret of the deployment. */
type Refused = (secret: string, origin: RequestOrigin) => void;

export interface ApiEnv {
  Variables: RequestIdVariables & { admit: Admit; refused?: Refused; isProvider?: true };
}

/** Where a slice declares its routes. */
export const createRouter = (): OpenAPIHono<ApiEnv> => new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });

export const KILOBYTE = 1024;

/** Stands in each route that takes a body. */
export const bodyAtMost = (bytes = 64 * KILOBYTE): MiddlewareHandler<ApiEnv> =>
  bodyLimit({
    maxSize: bytes,
    onError: () => {
      throw new ProblemError("body-too-large", { detail: `At most ${bytes} bytes are read.` });
    },
  });

export interface ApiShell {
  service: string;
  clock: Clock;
  /** Takes one JSON line per request. */
  log: (line: string) => void;
  limits: Pick<Limits, "admit">;
  /** The origins whose pages may read what is nobody's secret. */
  origins: readonly string[];
  refused?: Refused;
}

/**
 * One line per request, when its answer is known. The error logged is the one underneath; a problem that is only an
 * answer is none.
 */
const logRequests = ({ service, clock, log }: ApiShell): MiddlewareHandler<ApiEnv> =>
  async (c, next) => {
    const startedAt = clock();
    await next();
    const cause = c.error && asProblem(c.error).cause;
    log(
      logLine({
        service,
        requestId: c.var.requestId,
        method: c.req.method,
        route: routePath(c, -1),
        status: c.res.status,
        startedAt,
        durationMs: clock() - startedAt,
        ...(cause instanceof Error && { error: { type: cause.name, message: cause.message, stack: cause.stack ?? "" } }),
      }),
    );
  };

/** What holds of an answer unless its route says otherwise: nobody keeps it, and a browser runs and loads nothing for it. */
const unlessSaid: MiddlewareHandler = async (c, next) => {
  c.header("cache-control", "no-store");
  c.header("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
  await next();
};

/** The root of an API: whatever happens, the answer is the route's or a problem of the closed set. */
export function createApi(shell: ApiShell): OpenAPIHono<ApiEnv> {
  const api = createRouter();
  api.use(
    requestId({ limitLength: 128 }),
    logRequests(shell),
    secureHeaders(SECURE),
    unlessSaid,
    async (c, next) => {
      if (shell.refused) c.set("refused", shell.refused);
      await next();
    },
    limited(shell.limits),
    crossOrigin(shell.origins),
    methodNotAllowed({
      app: api,
      onMethodNotAllowed: (c, methods) =>
        answerProblem(c, new ProblemError("method-not-allowed", { headers: { allow: methods.join(", ") } })),
    }),
  );
  api.notFound((c) => answerProblem(c, new ProblemError("not-found")));
  api.onError((error, c) => answerProblem(c, asProblem(error)));
  return api;
}
