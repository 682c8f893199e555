import { sha256 } from "@noble/hashes/sha2.js";
import { createMiddleware } from "hono/factory";
import { readKey } from "../check/directory.ts";
import type { OperatorDirectoryApi } from "../domains/operators/rpc.ts";
import { equalBytes, utf8 } from "../kernel/bytes.ts";
import { available, ProblemError } from "./problem.ts";

/** Whose key it is, and the epoch their new tokens are sealed in. */
export type KeyHolder = NonNullable<Awaited<ReturnType<OperatorDirectoryApi["keyHolder"]>>>;

const unauthenticated = (): ProblemError =>
  new ProblemError("unauthenticated", { headers: { "www-authenticate": 'Bearer realm="nser"' } });

/** Lets an active operator's key in. Unknown, revoked, suspended and malformed ones get the same answer. */
export const operatorOnly = (directory: Pick<OperatorDirectoryApi, "keyHolder">) =>
  createMiddleware<{ Variables: { holder: KeyHolder } }>(async (c, next) => {
    const key = readKey(c.req.header("authorization") ?? null);
    const holder = key && (await available(directory.keyHolder(key.hash)));
    if (!holder) throw unauthenticated();
    c.set("holder", holder);
    await next();
  });

/**
 * Lets the one bootstrap administrator in, whose token is a secret of the deployment; people with roles come with the
 * staff's accounts. Hashes are compared, so that the time says nothing about the token or its length.
 */
export const adminOnly = (token: string) => {
  const expected = sha256(utf8(`Bearer ${token}`));
  return createMiddleware(async (c, next) => {
    if (!equalBytes(sha256(utf8(c.req.header("authorization") ?? "")), expected)) throw unauthenticated();
    await next();
  });
};
