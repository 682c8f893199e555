import type { Context, MiddlewareHandler, Next } from "hono";
import { cors } from "hono/cors";

/** What everybody verifies, with programs of their own: a page on any site is one. */
const OPEN = /^\/v1\/log\//;

/** What a page of a listed origin may read: what is nobody's secret, for tools that draw the document. Nothing more is for browsers. */
const READABLE = /^\/(openapi\.json|problems\/[^/]+)$/;

const isPreflight = ({ req }: Context): boolean =>
  req.method === "OPTIONS" && req.header("origin") !== undefined && req.header("access-control-request-method") !== undefined;

async function toEverybody(c: Context, next: Next): Promise<Response | void> {
  c.header("access-control-allow-origin", "*");
  return isPreflight(c) ? c.body(null, 204, { "access-control-allow-methods": "GET", "access-control-max-age": "600" }) : next();
}

/**
 * Other sites' pages read nothing here, unless it is open, or their origin is listed and the path is readable. Every other preflight gets
 * the same answer, which permits nothing, whether there is a route or not.
 */
export const crossOrigin = (origins: readonly string[]): MiddlewareHandler => {
  const permitted = cors({ origin: [...origins], allowMethods: ["GET"], maxAge: 600 });
  return async (c, next) => {
    if (OPEN.test(c.req.path)) return toEverybody(c, next);
    if (READABLE.test(c.req.path) && origins.includes(c.req.header("origin") ?? "")) return permitted(c, next);
    return isPreflight(c) ? c.body(null, 204) : next();
  };
};
