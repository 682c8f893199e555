import { createRoute, type OpenAPIHono, type z } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessEnv, type AccessParts, allowing } from "../../../api/authorization.ts";
import { commandIdOf, fingerprintOf, IDEMPOTENCY, IdempotencyHeaders } from "../../../api/idempotency.ts";
import { type ApiEnv, createRouter } from "../../../api/kit.ts";
import { available } from "../../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../../api/problem-responses.ts";
import { refuseAccess } from "../../../api/refusals.ts";
import { StaffPath, UserPath } from "../access/schema.ts";
import type { TokenParts, TokensOf } from "../access/tokens.ts";
import { issueActivation } from "./activation.ts";
import { ActivationAnswer, ActivationRequest } from "./schema.ts";

export type ActivationRouteParts = AccessParts & TokenParts;

const issuing = {
  summary: "Let somebody set a first password, or come back without the second factors they lost",
  description:
    "Answers a secret that is good once, for 72 hours. Its holder types it at /activate, proves their phone there and sets a password. " +
    "Only by who may give everything the account may do, and never to oneself; an earlier one holds no longer.",
  request: { headers: IdempotencyHeaders, body: { required: true, content: { "application/json": { schema: ActivationRequest } } } },
  responses: {
    201: { description: "The activation", content: { "application/json": { schema: ActivationAnswer } } },
    ...problems(...BODY_PROBLEMS, ...IDEMPOTENCY, ...ACCESS_PROBLEMS, "not-found", "conflict"),
  },
};

const issue = (parts: AccessParts) =>
  createRoute({
    ...issuing, ...allowing(parts, "users:write"), method: "post", path: "/v1/users/{userId}/activation",
    request: { ...issuing.request, params: UserPath },
  });

const issueToStaff = (parts: AccessParts) =>
  createRoute({
    ...issuing, ...allowing(parts, "users:write"), method: "post", path: "/v1/operators/{operator}/users/{userId}/activation",
    request: { ...issuing.request, params: StaffPath },
  });

type Request = z.infer<typeof ActivationRequest>;
type Headers = z.infer<typeof IdempotencyHeaders>;

export function activationRoutes(parts: ActivationRouteParts): OpenAPIHono<ApiEnv> {
  const issued = async (by: AccessEnv["Variables"], whose: TokensOf, { reason }: Request, headers: Headers) => {
    const command = { id: commandIdOf(by.actor.id, "issue-activation", headers), fingerprint: fingerprintOf(whose, reason) };
    const answer = await available(issueActivation(parts, by, whose, reason, command));
    if (!answer.ok) return refuseAccess(answer);
    return { id: answer.linkId, secret: answer.secret, expiresAt: new Date(answer.expiresAt).toISOString() };
  };
  return createRouter()
    .openapi(issue(parts), async (c) =>
      c.json(await issued(c.var, { ...c.req.valid("param"), operator: null }, c.req.valid("json"), c.req.valid("header")), 201))
    .openapi(issueToStaff(parts), async (c) => c.json(await issued(c.var, c.req.valid("param"), c.req.valid("json"), c.req.valid("header")), 201));
}
