import { z } from "@hono/zod-openapi";
import { KINDS } from "../bst/kinds.ts";
import { MAX_TOKENS, PURPOSES } from "../check/question.ts";
import { problemSchema } from "./problem-responses.ts";

/** What goes in and out of the edge's routes, as the document describes it. */

const Token = z
  .string()
  .max(256)
  .openapi("Token", { description: "A token of the calling operator, as POST /v1/tokens gave it." });
export const purpose = z.enum(PURPOSES).openapi("Purpose");

export const question = (purposes: { purpose: typeof purpose } | { purpose: ReturnType<typeof purpose.optional> }) =>
  z.union([
    z.object({ token: Token, ...purposes }),
    z.object({ tokens: z.array(Token).min(1).max(MAX_TOKENS), ...purposes }).openapi({ description: "One customer's tokens." }),
  ]);

const decision = {
  decision: z.enum(["excluded", "clear"]),
  kinds: z.array(z.enum(KINDS)).openapi({ description: "The kinds of the tokens that were read." }),
  mustPay: z.literal(true).optional().openapi({ description: "Only for payout: the money must go out, excluded or not." }),
  nextToken: Token.optional().openapi({ description: "Keep this token from now on in the place of the one asked with." }),
  nextTokens: z.array(Token.nullable()).optional()
    .openapi({ description: "The same when several were asked with, in their order; null where the token stays." }),
  renew: z.literal(true).optional().openapi({ description: "A token has to be issued anew from its identifier soon." }),
};

const freshness = {
  sequence: z.int().min(0).openapi({ description: "The last row of the change log the answer rests on." }),
  freshThrough: z.iso.datetime().openapi({ description: "Everything recorded up to here was seen." }),
  maxStalenessMs: z.number().min(0).openapi({ description: "The data's greatest possible age; never above 5,000 for clear." }),
};
const answerId = z.string();

/** Of many decisions the worst; null when there is none. */
const worst = {
  sequence: freshness.sequence.nullable(),
  freshThrough: freshness.freshThrough.nullable(),
  maxStalenessMs: freshness.maxStalenessMs.nullable(),
};

export const Answer = z.strictObject({ ...decision, purpose, ...freshness, answerId }).openapi("CheckAnswer");

export const ITEM_PROBLEMS = ["token-invalid", "token-retired", "identifiers-missing", "indeterminate"] as const;
export const KEY_PROBLEMS = ["unauthenticated", "forbidden", "rate-limited"] as const;
const itemProblem = problemSchema([...ITEM_PROBLEMS, "field-invalid", "body-malformed", "body-too-large", ...KEY_PROBLEMS]);

export const BatchAnswer = z
  .strictObject({
    answerId: answerId.openapi({ description: "The answer at place n, from 0, has the id <answerId>.<n>." }),
    ...worst,
    answers: z.array(z.union([z.strictObject(decision), itemProblem])).openapi({
      description: "A decision or a problem for each check, in order; pointers lead into the request.",
    }),
  })
  .openapi("BatchAnswer");

const line = { line: z.int().min(1) };
export const ScrubLine = z
  .union([
    z.strictObject({ ...line, ...decision, maxStalenessMs: freshness.maxStalenessMs }),
    itemProblem.extend(line),
    z.strictObject({
      done: z.literal(true),
      count: z.int().min(0).openapi({ description: "The lines answered here." }),
      digest: z.string().openapi({ description: "Of all bytes before this line, as Content-Digest has it (RFC 9530)." }),
      answerId: answerId.openapi({ description: "The answer to line n has the id <answerId>.<n>." }),
      ...worst,
    }),
  ])
  .openapi("ScrubLine", { description: "One line for each line of the request, in order, then one that says done. What has no line is not known." });

export const Status = z
  .strictObject({
    region: z.string().nullable(),
    dataCentre: z.string().nullable(),
    vouches: z.boolean().openapi({ description: "Whether it may answer clear from memory." }),
    sequence: z.int().min(0),
    maxStalenessMs: z.number().min(0).nullable().openapi({ description: "The data's greatest possible age; null when nothing is known." }),
    logAgeMs: z.number().min(0).nullable().openapi({ description: "For how long nothing new was recorded, as far as it knows." }),
    shards: z
      .strictObject({ resident: z.int().min(0), published: z.int().min(0), bytes: z.int().min(0) })
      .openapi({ description: "Shards of the published set in memory, shards there are, and what those in memory weigh." }),
  })
  .openapi("Status");

export const Jwks = z
  .strictObject({
    keys: z.array(z.strictObject({ kty: z.literal("OKP"), crv: z.literal("Ed25519"), x: z.string(), kid: z.string(), use: z.literal("sig") })),
  })
  .openapi("AnswerKeys");
