import { createRoute, z } from "@hono/zod-openapi";
import { KINDS } from "../bst/kinds.ts";
import { MAX_TOKENS, PURPOSES } from "../check/question.ts";
import { BODY_PROBLEMS, problems } from "./problem-responses.ts";

/*
 * The edge's routes, described for the document that origin serves. The edge parses without zod, so this is written
 * beside its code and not by it; the edge's tests check each of their answers against it.
 */

const Token = z
  .string()
  .max(256)
  .openapi("Token", { description: "A token of the calling operator, as POST /v1/tokens gave it." });
const purpose = z.enum(PURPOSES).openapi("Purpose");

const Question = z.union([
  z.object({ token: Token, purpose }),
  z.object({ tokens: z.array(Token).min(1).max(MAX_TOKENS), purpose }).openapi({ description: "One customer's tokens." }),
]);

const Answer = z
  .strictObject({
    decision: z.enum(["excluded", "clear"]),
    purpose,
    kinds: z.array(z.enum(KINDS)).openapi({ description: "The kinds of the tokens that were read." }),
    sequence: z.int().min(0).openapi({ description: "The last row of the change log the answer rests on." }),
    freshThrough: z.iso.datetime().openapi({ description: "Everything recorded up to here was seen." }),
    maxStalenessMs: z.number().min(0).openapi({ description: "The data's greatest possible age; never above 5,000 for clear." }),
    answerId: z.string(),
    mustPay: z.literal(true).optional().openapi({ description: "Only for payout: the money must go out, excluded or not." }),
    nextToken: Token.optional().openapi({ description: "Keep this token from now on in the place of the one asked with." }),
    nextTokens: z.array(Token.nullable()).optional()
      .openapi({ description: "The same when several were asked with, in their order; null where the token stays." }),
    renew: z.literal(true).optional().openapi({ description: "A token has to be issued anew from its identifier soon." }),
  })
  .openapi("CheckAnswer");

/** POST /v1/checks. */
export const checkRoute = createRoute({
  method: "post",
  path: "/v1/checks",
  summary: "Is this customer excluded?",
  description: "Whatever is not a decision is a problem. On 503 treat the person as excluded.",
  security: [{ operatorKey: [] }],
  request: { body: { required: true, content: { "application/json": { schema: Question } } } },
  responses: {
    200: { description: "The decision", content: { "application/json": { schema: Answer } } },
    ...problems(
      ...BODY_PROBLEMS,
      "unauthenticated",
      "forbidden",
      "rate-limited",
      "token-invalid",
      "token-retired",
      "identifiers-missing",
      "indeterminate",
    ),
  },
});
