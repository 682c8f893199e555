import { sha256 } from "@noble/hashes/sha2.js";
import { createMiddleware } from "hono/factory";
import { readKey, wholeKey } from "../check/directory.ts";
import { misuse } from "../check/gate.ts";
import { networkOf } from "../check/networks.ts";
import type { Scope } from "../check/terms.ts";
import type { KeyHolder, OperatorDirectoryApi } from "../domains/operators/rpc.ts";
import { equalBytes, utf8 } from "../kernel/bytes.ts";
import type { ApiEnv } from "./kit.ts";
import { originOf } from "./request-origin.ts";
import { available, ProblemError } from "./problem.ts";

/** Whoever holds a secret of the deployment, as limits count them. */
const DEPLOYMENT = "deployment";

const LIVE_ALONE = "This is about people, whom a test key does not know: use a live key.";

export const unauthenticated = (): ProblemError =>
  new ProblemError("unauthenticated", { headers: { "www-authenticate": 'Bearer realm="nser"' } });

/**
 * Lets an active operator's key in, for what and from where it is good. Unknown, revoked, expired, suspended and malformed
 * ones get the same answer. A test key is let in only where it is said that what follows knows how to answer one.
 */
export const operatorOnly = (directory: Pick<OperatorDirectoryApi, "keyHolder">, scope: Scope, testKeys: "answered" | "refused" = "refused") =>
  createMiddleware<{ Variables: ApiEnv["Variables"] & { holder: KeyHolder } }>(async (c, next) => {
    const presented = readKey(c.req.header("authorization") ?? null);
    const known = presented && (await available(directory.keyHolder(presented.hash)));
    const key = known && wholeKey(known.key);
    if (!key || key.mode !== presented.mode) throw unauthenticated();
    const networks = key.networks.map(networkOf);
    const refused = misuse({ key, networks }, scope, { address: c.req.header("cf-connecting-ip") ?? null });
    if (refused) throw new ProblemError(refused.problem, refused);
    if (key.mode === "test" && testKeys === "refused") throw new ProblemError("forbidden", { detail: LIVE_ALONE });
    await c.var.admit("operator", key.id);
    c.set("holder", { ...known, key });
    await next();
  });

/** Secrets that let in who runs the deployment, as the audit calls them. */
export type SecretName = "restore-token" | "bootstrap-secret";

/** Lets in who presents this secret of the deployment; a wrong one is told of. Hashes are compared, so that the time says nothing about it or its length. */
export const holderOf = (name: SecretName, secret: string) => {
  const expected = sha256(utf8(`Bearer ${secret}`));
  return createMiddleware<ApiEnv>(async (c, next) => {
    const presented = c.req.header("authorization");
    if (!equalBytes(sha256(utf8(presented ?? "")), expected)) {
      if (presented) c.var.refused?.(name, originOf(c.req.raw, c.var.requestId));
      throw unauthenticated();
    }
    await c.var.admit("operator", DEPLOYMENT);
    await next();
  });
};
