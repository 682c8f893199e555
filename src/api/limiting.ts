import type { MiddlewareHandler } from "hono";
import { subscriberOf } from "../check/networks.ts";
import { type CallerClass, type Limits, limitFields } from "./limits.ts";
import { ProblemError } from "./problem.ts";

/** Counts a call for who turned out to make it. Throws `rate-limited` when it is one too many. */
export type Admit = (by: CallerClass, caller: string) => Promise<void>;

/** What carries its credential in its path. */
const CALLBACKS = "/v1/callbacks/";

/** What is read whole by whoever verifies it. */
const LOG = "/v1/log/";

/**
 * Stands before every route, so that none can do without. Whoever checks a credential says whose it is by `admit`, before
 * anything is done for them; a call without one, or with one that nobody vouched for, counts for the address it came from, but a provider's.
 */
export const limited = (limits: Pick<Limits, "admit">): MiddlewareHandler<{ Variables: { admit: Admit; isProvider?: true } }> => async (c, next) => {
  let counted = false;
  const admit: Admit = async (by, caller) => {
    counted = true;
    const standing = await limits.admit(by, caller);
    for (const [name, value] of Object.entries(limitFields(standing))) c.header(name, value);
    if (!standing.admitted) throw new ProblemError("rate-limited", { headers: { "retry-after": String(standing.seconds) } });
  };
  const stranger = (): Promise<void> => admit(c.req.path.startsWith(LOG) ? "reader" : "anonymous", subscriberOf(c.req.header("cf-connecting-ip") ?? "") ?? "unknown");
  c.set("admit", admit);
  if (c.req.header("authorization") === undefined && !c.req.path.startsWith(CALLBACKS)) await stranger();
  await next();
  if (!counted && !c.var.isProvider) await stranger();
};
