import type { Context, MiddlewareHandler } from "hono";
import { cors } from "hono/cors";

/** What a page of a listed origin may read: what is nobody's secret, for tools that draw the document. Nothing else is for browsers. */
const READABLE = /^\/(openapi\.json|problems\/[^/]+)$/;

const isPreflight = ({ req }: Context): boolean =>
  req.method === "OPTIONS" && req.header("origin") !== undefined && req.header("access-control-request-method") !== undefined;

/**
 * Other sites' pages read nothing here, unless their origin is listed and the path is readable. Every other preflight gets
 * the same answer, which permits nothing, whether there is a route or not.
 */
export const crossOrigin = (origins: readonly string[]): MiddlewareHandler => {
  const permitted = cors({ origin: [...origins], allowMethods: ["GET"], maxAge: 600 });
  return async (c, next) => {
    if (READABLE.test(c.req.path) && origins.includes(c.req.header("origin") ?? "")) return permitted(c, next);
    return isPreflight(c) ? c.body(null, 204) : next();
  };
};
