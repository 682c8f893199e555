import type { MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import type { AccessApi } from "../domains/authentication/access/rpc.ts";
import { allows, type Capability, type Principal } from "../domains/authentication/capabilities.ts";
import type { Actor, RequestOrigin } from "../kernel/actor.ts";
import type { Clock } from "../kernel/clock.ts";
import { unauthenticated } from "./authentication.ts";
import { type ApiEnv, bodyAtMost } from "./kit.ts";
import { available, ProblemError } from "./problem.ts";
import { originOf } from "./request-origin.ts";

export interface AccessParts {
  access: AccessApi;
  clock: Clock;
}

export interface AccessEnv {
  Variables: ApiEnv["Variables"] & { principal: Principal; actor: Actor };
}

const BEARER = "Bearer ";

interface RouteAccess {
  /** Bytes of the body that are read. */
  maxBody?: number;
  /** The capability it takes for one's own account. */
  ofOneself?: Capability;
  /** What is read of persons: it is in the audit before it is answered. A verb that has it there by itself says nothing here. */
  reads?: Reading;
}

interface Reading {
  action: string;
  /** Of what, by the path. */
  resource: (parameter: (name: string) => string) => string;
}

/** As the audit names them, by the capability that let them in: a program that asks for somebody by its id, one that asks for itself as its operator. */
function actorOf({ userId, assignments, through }: Principal, origin: RequestOrigin, reason: Capability): Actor {
  if (!through) return { kind: "user", id: userId, origin, reason };
  const program = { ...origin, agent: `client/${through.clientId}` };
  const operator = userId === through.clientId ? assignments[0]?.operator : null;
  return operator ? { kind: "operator", id: operator, origin: program, reason } : { kind: "user", id: userId, origin: program, reason };
}

/** Another capability is enough for what a path's `userId` says is one's own. */
const needed = (principal: Principal, userId: string | undefined, capability: Capability, ofOneself: Capability | undefined): Capability =>
  ofOneself !== undefined && userId === principal.userId ? ofOneself : capability;

/**
 * Lets in who may do this; to what concerns the operator of the path, where the path names one. Nothing is read or said of
 * what is asked for before.
 */
const requires = ({ access, clock }: AccessParts, capability: Capability, { maxBody, ofOneself, reads }: RouteAccess) => {
  const withinLimit = bodyAtMost(maxBody) as MiddlewareHandler;
  return createMiddleware<AccessEnv>(async (c, next) => {
    const presented = c.req.header("authorization") ?? "";
    const principal = presented.startsWith(BEARER) ? await available(access.principalOf(presented.slice(BEARER.length), clock())) : null;
    if (!principal) throw unauthenticated();
    await c.var.admit("user", principal.userId);
    const takes = needed(principal, c.req.param("userId"), capability, ofOneself);
    const actor = actorOf(principal, originOf(c.req.raw, c.var.requestId), takes);
    if (!allows(principal, takes, c.req.param("operator") ?? null)) {
      await available(Promise.resolve(access.refused?.(actor, takes, clock())));
      throw new ProblemError("forbidden", { detail: `It takes the capability ${takes}.` });
    }
    c.set("principal", principal);
    c.set("actor", actor);
    const answered = await withinLimit(c, next);
    if (reads && c.res.ok) {
      const resource = reads.resource((name) => c.req.param(name)!);
      await available(Promise.resolve(access.read?.({ actor, action: reads.action, resource }, clock())));
    }
    return answered;
  });
};

/** What a route is declared with that takes a capability: the document names it, and the middleware asks for it. */
export const allowing = (parts: AccessParts, capability: Capability, route: RouteAccess = {}) => ({
  "security": [{ accessToken: [] }],
  "x-capability": capability,
  ...(route.ofOneself && { "x-capability-of-oneself": route.ofOneself }),
  ...(route.reads && { "x-audited": route.reads.action }),
  "middleware": requires(parts, capability, route),
});

/** The problems such a route may answer. */
export const ACCESS_PROBLEMS = ["unauthenticated", "forbidden", "unavailable"] as const;
