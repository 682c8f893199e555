/** What a peer's server does for a check: authenticate the key, look the token up, answer JSON of the same length. */
import { createHash } from "node:crypto";
import { Hono } from "hono";

/** The hashes a store is asked about: base64url SHA-256 of the key's header and of the token. */
export interface Asked {
  key: string;
  token: string;
}

export interface Said {
  /** Null when the store does not know the key. */
  operator: string | null;
  excluded: boolean;
}

export interface PeerEnvironment {
  ANSWER_BYTES: string;
}

export const hashOf = (text: string): string => createHash("sha256").update(text).digest("base64url");

/** `ask` is the peer's whole difference: one question to its store, in the store's cheapest form. */
export function peer<Env extends PeerEnvironment>(ask: (asked: Asked, env: Env) => Promise<Said>): Hono<{ Bindings: Env }> {
  const app = new Hono<{ Bindings: Env }>();
  app.post("/v1/checks", async (c) => {
    const key = c.req.header("authorization") ?? "";
    const { token, purpose } = await c.req.json<{ token: string; purpose: string }>();
    const { operator, excluded } = await ask({ key: hashOf(key), token: hashOf(token) }, c.env as Env);
    if (operator === null) return c.json({ type: "unauthenticated" }, 401);
    return c.json({ decision: excluded ? "excluded" : "clear", purpose, pad: padding(c.env.ANSWER_BYTES) });
  });
  return app;
}

let pad = "";
const FIXED = JSON.stringify({ decision: "clear", purpose: "login", pad: "" }).length;

const padding = (bytes: string): string => (pad ||= "x".repeat(Number(bytes) - FIXED));
