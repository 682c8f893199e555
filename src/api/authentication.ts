import { sha256 } from "@noble/hashes/sha2.js";
import { createMiddleware } from "hono/factory";
import { readKey } from "../check/directory.ts";
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

export const unauthenticated = (): ProblemError =>
  new ProblemError("unauthenticated", { headers: { "www-authenticate": 'Bearer realm="nser"' } });

/**
 * Lets an operator's active key in, for what and from where it is good, whatever became of the licence. Unknown, revoked,
 * expired and malformed ones get the same answer.
 */
export const operatorOnly = (directory: Pick<OperatorDirectoryApi, "keyHolder">, scope: Scope) =>
  createMiddleware<{ Variables: ApiEnv["Variables"] & { holder: KeyHolder } }>(async (c, next) => {
    const presented = readKey(c.req.header("authorization") ?? null);
    const holder = presented && (await available(directory.keyHolder(presented.hash)));
    if (!holder) throw unauthenticated();
    const networks = holder.key.networks.map(networkOf);
    const refused = misuse({ key: holder.key, networks }, scope, { address: c.req.header("cf-connecting-ip") ?? null });
    if (refused) throw new ProblemError(refused.problem, refused);
    await c.var.admit("operator", holder.key.id);
    c.set("holder", holder);
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
