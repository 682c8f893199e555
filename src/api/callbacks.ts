import { sha256 } from "@noble/hashes/sha2.js";
import type { MiddlewareHandler } from "hono";
import { isWithin, type Network } from "../check/networks.ts";
import { equalBytes, utf8 } from "../kernel/bytes.ts";
import type { ApiEnv } from "./kit.ts";

/** By what a provider is known, who signs nothing: a secret in the path, and where it calls from. */
export interface ProviderDoor {
  /** All that are good now, so that one can follow another without a gap. */
  secrets: readonly string[];
  /** Nobody calls from anywhere else; empty, nobody calls. */
  networks: readonly Network[];
}

/** Compares with every secret to its end, whichever is right. */
const isSecret = (secrets: readonly string[], text: string): boolean => {
  const digest = sha256(utf8(text));
  return secrets.map((secret) => equalBytes(sha256(utf8(secret)), digest)).includes(true);
};

/**
 * Stands in each route that only a provider calls, `…/{secret}`. For anybody else there is nothing there, and a wrong secret
 * counts as a stranger's call; a provider's count for nobody, because it calls for everybody. Its routes take every method,
 * so that no other method says that they are there.
 */
export const fromProvider = ({ secrets, networks }: ProviderDoor): MiddlewareHandler<ApiEnv> => async (c, next) => {
  const known = isSecret(secrets, c.req.param("secret") ?? "");
  if (!known || c.req.method !== "POST" || !isWithin(networks, c.req.header("cf-connecting-ip") ?? null)) return c.notFound();
  c.set("isProvider", true);
  await next();
};

/** The fields of a provider's form; none when it cannot be read. */
export const formOf = async (request: { parseBody(): Promise<unknown> }): Promise<unknown> => request.parseBody().catch(() => ({}));
