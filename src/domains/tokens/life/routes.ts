import { createRoute, type OpenAPIHono, type z } from "@hono/zod-openapi";
import { operatorOnly } from "../../../api/authentication.ts";
import { type ApiEnv, bodyAtMost, createRouter, KILOBYTE } from "../../../api/kit.ts";
import { available } from "../../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../../api/problem-responses.ts";
import { originOf } from "../../../api/request-origin.ts";
import type { Actor, RequestOrigin } from "../../../kernel/actor.ts";
import type { KeyHolder, OperatorDirectoryApi } from "../../operators/rpc.ts";
import { actOnToken, type ActParts } from "./act.ts";
import { historyOf, listed, validationOf } from "./answers.ts";
import { type HistoryParts, tokenHistory } from "./history.ts";
import { openAll } from "./own.ts";
import { renew } from "./renew.ts";
import {
  RenewalsAnswer, SuccessorAnswer, TokenAndPerhapsReason, TokenAndReason, TokenHistoryAnswer, TokenListRequest, TokenRequest, ValidationsAnswer,
} from "./schema.ts";
import { settled } from "./settled.ts";

export type TokenLifeParts = ActParts & HistoryParts & { directory: Pick<OperatorDirectoryApi, "keyHolder"> };

interface Verb<Body extends z.ZodType> {
  summary: string;
  description: string;
  body: Body;
}

/** The body's limit goes for lists; a thousand tokens are 70 kB. What is only asked of tokens is answered of test tokens too. */
const guards = (directory: TokenLifeParts["directory"], name: string): [ReturnType<typeof operatorOnly>, ReturnType<typeof bodyAtMost>] =>
  [operatorOnly(directory, "tokens", ["validate", "renew"].includes(name) ? "answered" : "refused"), bodyAtMost(512 * KILOBYTE)];

/** What every verb of an operator's on its own tokens is declared with. */
const ofOperator = <Name extends string, Body extends z.ZodType>({ directory }: TokenLifeParts, name: Name, { summary, description, body }: Verb<Body>) => ({
  method: "post" as const,
  path: `/v1/tokens/${name}` as const,
  summary,
  description,
  security: [{ operatorKey: [] }],
  middleware: guards(directory, name),
  request: { body: { required: true, content: { "application/json": { schema: body } } } },
});

/** What such a verb answers. */
const answering = <Answer extends z.ZodType>(description: string, schema: Answer, ...more: Parameters<typeof problems>) => ({
  200: { description, content: { "application/json": { schema } } },
  ...problems(...BODY_PROBLEMS, "unauthenticated", "forbidden", "unavailable", ...more),
});

const REFUSED = ["token-invalid", "token-retired", "conflict", "not-found"] as const;

const validate = (parts: TokenLifeParts) =>
  createRoute({
    ...ofOperator(parts, "validate", {
      summary: "Whether tokens are yours and in force",
      description: "Each by itself: what one of them lacks keeps nothing from the others. It says nothing of whether anybody is excluded.",
      body: TokenListRequest,
    }),
    responses: answering("What each token is", ValidationsAnswer),
  });

const renewal = (parts: TokenLifeParts) =>
  createRoute({
    ...ofOperator(parts, "renew", {
      summary: "The tokens to keep instead",
      description: "For each token the same person's of your current epoch, which may be the same one. No identifier is needed.",
      body: TokenListRequest,
    }),
    responses: answering("The tokens to keep", RenewalsAnswer),
  });

const rotate = (parts: TokenLifeParts) =>
  createRoute({
    ...ofOperator(parts, "rotate", {
      summary: "Replace one token",
      description: "It, and every older one of the same person, is retired. Asked again with the old token it answers the same new one.",
      body: TokenRequest,
    }),
    responses: answering("The token to keep instead", SuccessorAnswer, ...REFUSED),
  });

const compromise = (parts: TokenLifeParts) =>
  createRoute({
    ...ofOperator(parts, "compromise", {
      summary: "Replace one token that somebody has who must not",
      description: "As rotating it; its history and the audit say that it was compromised, and why.",
      body: TokenAndReason,
    }),
    responses: answering("The token to keep instead", SuccessorAnswer, ...REFUSED),
  });

const deactivate = (parts: TokenLifeParts) =>
  createRoute({
    ...ofOperator(parts, "deactivate", {
      summary: "Retire one token",
      description: "It, and every older one of the same person, is not answered for any more, unless the person is excluded. Tokenising the identifier again gives another.",
      body: TokenAndPerhapsReason,
    }),
    responses: { 204: { description: "Retired" }, ...problems(...BODY_PROBLEMS, "unauthenticated", "forbidden", "unavailable", ...REFUSED) },
  });

const history = (parts: TokenLifeParts) =>
  createRoute({
    ...ofOperator(parts, "history", {
      summary: "What became of a token",
      description: "What was done to the person's tokens singly, and your epochs. Tokens of a retired epoch are read as well.",
      body: TokenRequest,
    }),
    responses: answering("Its history", TokenHistoryAnswer, "token-invalid", "not-found"),
  });

/** As the audit names an operator that asks with a key. */
const actorOf = ({ key, operator }: KeyHolder, origin: RequestOrigin): Actor => ({ kind: "operator", id: operator.id, origin: { ...origin, agent: `key/${key.id}` } });

/** What an operator does with tokens it has. */
export function tokenLifeRoutes(parts: TokenLifeParts): OpenAPIHono<ApiEnv> {
  const count = ({ operator, key }: KeyHolder, act: "validated" | "renewed", tokens: number): void => {
    if (key.mode === "live") parts.countTokens(operator.id, act, tokens);
  };
  return createRouter()
    .openapi(validate(parts), async (c) => {
      const { holder } = c.var;
      const { tokens } = c.req.valid("json");
      const opened = await available(openAll(parts, holder, tokens));
      count(holder, "validated", tokens.length);
      return c.json({ tokens: opened.map((token, at) => validationOf(token, `/tokens/${at}`)) }, 200);
    })
    .openapi(renewal(parts), async (c) => {
      const { holder } = c.var;
      const renewed = await available(renew(parts, holder, c.req.valid("json").tokens));
      count(holder, "renewed", renewed.filter((one) => typeof one === "string").length);
      return c.json({ tokens: renewed.map((one) => (typeof one === "string" ? { token: one } : { problem: listed(one) })) }, 200);
    })
    .openapi(rotate(parts), async (c) => {
      const { token } = c.req.valid("json");
      const actor = actorOf(c.var.holder, originOf(c.req.raw, c.var.requestId));
      const answer = await settled(actOnToken(parts, { operator: c.var.holder.operator.id, act: "rotated", token, reason: null, actor }));
      return c.json({ token: answer.token! }, 200);
    })
    .openapi(compromise(parts), async (c) => {
      const actor = actorOf(c.var.holder, originOf(c.req.raw, c.var.requestId));
      const answer = await settled(actOnToken(parts, { operator: c.var.holder.operator.id, act: "compromised", ...c.req.valid("json"), actor }));
      return c.json({ token: answer.token! }, 200);
    })
    .openapi(deactivate(parts), async (c) => {
      const { token, reason = null } = c.req.valid("json");
      const actor = actorOf(c.var.holder, originOf(c.req.raw, c.var.requestId));
      await settled(actOnToken(parts, { operator: c.var.holder.operator.id, act: "deactivated", token, reason, actor }));
      return c.body(null, 204);
    })
    .openapi(history(parts), async (c) => {
      const answer = await settled(tokenHistory(parts, c.var.holder.operator.id, c.req.valid("json").token));
      return c.json(historyOf(answer, false), 200);
    });
}
