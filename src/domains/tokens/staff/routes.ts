import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../api/authorization.ts";
import { type ApiEnv, createRouter } from "../../../api/kit.ts";
import { BODY_PROBLEMS, problems } from "../../../api/problem-responses.ts";
import { actOnToken } from "../life/act.ts";
import { historyOf } from "../life/answers.ts";
import { tokenHistory } from "../life/history.ts";
import type { TokenLifeParts } from "../life/routes.ts";
import { SuccessorAnswer, TokenAndReason, TokenHistoryAnswer, TokenRequest } from "../life/schema.ts";
import { settled } from "../life/settled.ts";

export type StaffTokenParts = TokenLifeParts & AccessParts;

const OperatorPath = z.object({ operator: z.string() });

const REFUSED = [...BODY_PROBLEMS, ...ACCESS_PROBLEMS, "not-found", "token-invalid"] as const;

/** What a verb of the regulator's on an operator's token is declared with. */
const act = <Name extends string>(access: AccessParts, name: Name, summary: string) => ({
  ...allowing(access, "tokens:retire"),
  method: "post" as const,
  path: `/v1/operators/{operator}/tokens/${name}` as const,
  summary,
  request: { params: OperatorPath, body: { required: true, content: { "application/json": { schema: TokenAndReason } } } },
});

const successor = {
  200: { description: "The operator's token to keep instead", content: { "application/json": { schema: SuccessorAnswer } } },
  ...problems(...REFUSED, "token-retired", "conflict"),
};

const rotate = (access: AccessParts) => createRoute({ ...act(access, "rotate", "Replace one token of an operator's"), responses: successor });

const compromise = (access: AccessParts) =>
  createRoute({ ...act(access, "compromise", "Replace one token of an operator's that somebody has who must not"), responses: successor });

const deactivate = (access: AccessParts) =>
  createRoute({
    ...act(access, "deactivate", "Retire one token of an operator's"),
    description: "It and every older token of the same person are not answered for any more, unless the person is excluded.",
    responses: { 204: { description: "Retired" }, ...problems(...REFUSED, "token-retired", "conflict") },
  });

const history = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "tokens:read", { reads: { action: "token.history-viewed", resource: (named) => `operator/${named("operator")}` } }),
    method: "post",
    path: "/v1/operators/{operator}/tokens/history",
    summary: "What became of an operator's token",
    description: "What was done to the person's tokens singly, and the operator's epochs. It says nothing of whose token it is.",
    request: { params: OperatorPath, body: { required: true, content: { "application/json": { schema: TokenRequest } } } },
    responses: { 200: { description: "Its history", content: { "application/json": { schema: TokenHistoryAnswer } } }, ...problems(...REFUSED) },
  });

/** What the regulator's people do to single tokens, by the token's text. */
export const staffTokenRoutes = (parts: StaffTokenParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(rotate(parts), async (c) => {
      const { operator } = c.req.valid("param");
      const answer = await settled(actOnToken(parts, { operator, act: "rotated", ...c.req.valid("json"), actor: c.var.actor }));
      return c.json({ token: answer.token! }, 200);
    })
    .openapi(compromise(parts), async (c) => {
      const { operator } = c.req.valid("param");
      const answer = await settled(actOnToken(parts, { operator, act: "compromised", ...c.req.valid("json"), actor: c.var.actor }));
      return c.json({ token: answer.token! }, 200);
    })
    .openapi(deactivate(parts), async (c) => {
      const { operator } = c.req.valid("param");
      await settled(actOnToken(parts, { operator, act: "deactivated", ...c.req.valid("json"), actor: c.var.actor }));
      return c.body(null, 204);
    })
    .openapi(history(parts), async (c) => {
      const answer = await settled(tokenHistory(parts, c.req.valid("param").operator, c.req.valid("json").token));
      return c.json(historyOf(answer, true), 200);
    });
