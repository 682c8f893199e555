import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../api/authorization.ts";
import { commandIdOf, fingerprintOf, IDEMPOTENCY, IdempotencyHeaders } from "../../../api/idempotency.ts";
import { type ApiEnv, createRouter } from "../../../api/kit.ts";
import { available } from "../../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../../api/problem-responses.ts";
import { refuse } from "../../../api/refusals.ts";
import type { Keyring } from "../../../bst/keyring.ts";
import { demandHeld } from "../../../api/pair-keys.ts";
import { rotateEverybody } from "./everybody.ts";
import type { PairKeysApi } from "./rpc.ts";
import { PairKeyRotationAnswer, PairKeyRotationRequest, PairKeysAnswer } from "./schema.ts";

export interface PairKeyRouteParts extends AccessParts {
  directory: PairKeysApi;
  keyring: Pick<Keyring, "pairKeyIds">;
}

const rotate = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "pair-keys:rotate"),
    method: "post",
    path: "/v1/pair-keys/rotations",
    summary: "Move every operator's tokens to a pairwise key",
    description: "Each operator's epoch moves on, and new operators begin with the key. What was cut short goes on when it is asked for again with the same Idempotency-Key.",
    request: { headers: IdempotencyHeaders, body: { required: true, content: { "application/json": { schema: PairKeyRotationRequest } } } },
    responses: {
      200: { description: "What became of the operators", content: { "application/json": { schema: PairKeyRotationAnswer } } },
      ...problems(...BODY_PROBLEMS, ...IDEMPOTENCY, ...ACCESS_PROBLEMS),
    },
  });

const list = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "operators:read"),
    method: "get",
    path: "/v1/pair-keys",
    summary: "Which pairwise keys are held, and where they are in use",
    responses: { 200: { description: "The keys, by id", content: { "application/json": { schema: PairKeysAnswer } } }, ...problems(...ACCESS_PROBLEMS) },
  });

export const pairKeyRoutes = ({ directory, keyring, ...access }: PairKeyRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(rotate(access), async (c) => {
      const { pairKeyId, reason } = c.req.valid("json");
      demandHeld(keyring, pairKeyId);
      const commandId = commandIdOf(c.var.actor.id, "rotate-pair-key", c.req.valid("header"));
      const command = { commandId, fingerprint: fingerprintOf(pairKeyId, reason), pairKeyId, reason, actor: c.var.actor };
      const answer = await available(rotateEverybody(directory, command));
      if (!answer.ok) return refuse(answer);
      const { moved, already, left } = answer;
      return c.json({ pairKeyId, moved, already, left }, 200);
    })
    .openapi(list(access), async (c) => {
      const { newest, uses } = await available(directory.pairKeys());
      const ids = [...new Set([...keyring.pairKeyIds, newest, ...uses.map(({ pairKeyId }) => pairKeyId)])].toSorted();
      const useOf = (id: string) => uses.find(({ pairKeyId }) => pairKeyId === id) ?? { current: 0, grace: 0 };
      const keys = ids.map((id) => ({ pairKeyId: id, held: keyring.pairKeyIds.includes(id), current: useOf(id).current, grace: useOf(id).grace }));
      return c.json({ newest, keys }, 200);
    });
