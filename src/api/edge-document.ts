import { type RouteConfig, z } from "@hono/zod-openapi";
import { KINDS } from "../bst/kinds.ts";
import { MAX_CHECKS } from "../check/batch.ts";
import { MAX_TOKENS, PURPOSES } from "../check/question.ts";
import { MAX_LINES } from "../check/scrub.ts";
import { BODY_PROBLEMS, problems, problemSchema } from "./problem-responses.ts";

/*
 * The edge's routes, described for the document that origin serves. The edge parses without zod, so this is written
 * beside its code and not by it; the edge's tests check each of their answers against it.
 */

const Token = z
  .string()
  .max(256)
  .openapi("Token", { description: "A token of the calling operator, as POST /v1/tokens gave it." });
const purpose = z.enum(PURPOSES).openapi("Purpose");

const question = (purposes: { purpose: typeof purpose } | { purpose: ReturnType<typeof purpose.optional> }) =>
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

const Answer = z.strictObject({ ...decision, purpose, ...freshness, answerId }).openapi("CheckAnswer");

const ITEM_PROBLEMS = ["token-invalid", "token-retired", "identifiers-missing", "indeterminate"] as const;
const KEY_PROBLEMS = ["unauthenticated", "forbidden", "rate-limited"] as const;
const itemProblem = problemSchema([...ITEM_PROBLEMS, "field-invalid", "body-malformed", "body-too-large", ...KEY_PROBLEMS]);

const BatchAnswer = z
  .strictObject({
    answerId: answerId.openapi({ description: "The answer at place n, from 0, has the id <answerId>.<n>." }),
    ...worst,
    answers: z.array(z.union([z.strictObject(decision), itemProblem])).openapi({
      description: "A decision or a problem for each check, in order; pointers lead into the request.",
    }),
  })
  .openapi("BatchAnswer");

const line = { line: z.int().min(1) };
const ScrubLine = z
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

const Status = z
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

const Jwks = z
  .strictObject({
    keys: z.array(z.strictObject({ kty: z.literal("OKP"), crv: z.literal("Ed25519"), x: z.string(), kid: z.string(), use: z.literal("sig") })),
  })
  .openapi("AnswerKeys");

const SIGNED =
  "With Accept-Signature (RFC 9421) and Content-Digest (RFC 9530, sha-256) the answer is signed with Ed25519, problems included, over " +
  '"@status", "content-digest" and "content-digest";req, and "@method";req and "@path";req if asked for; tag="nser-answer".';

const SIGNING_PROBLEMS = ["content-digest-invalid", "signature-unsupported"] as const;

const json = (schema: z.ZodType) => ({ "application/json": { schema } });
const ndjson = (schema: z.ZodType) => ({ "application/x-ndjson": { schema } });

/** What the edge answers, in the order of the document. */
export const EDGE_ROUTES: readonly RouteConfig[] = [
  {
    method: "post",
    path: "/v1/checks",
    summary: "Is this customer excluded?",
    description: `Whatever is not a decision is a problem. On 503 treat the person as excluded. ${SIGNED}`,
    security: [{ operatorKey: [] }],
    request: { body: { required: true, content: json(question({ purpose })) } },
    responses: {
      200: { description: "The decision", content: json(Answer) },
      ...problems(...BODY_PROBLEMS, ...SIGNING_PROBLEMS, ...KEY_PROBLEMS, ...ITEM_PROBLEMS),
    },
  },
  {
    method: "post",
    path: "/v1/checks/batch",
    summary: "Which of these customers are excluded?",
    description: `Up to 1,000 checks and 1,048,576 bytes. ${SIGNED}`,
    security: [{ operatorKey: [] }],
    request: {
      body: {
        required: true,
        content: json(
          z.object({
            purpose: purpose.optional().openapi({ description: "Of the checks that name none." }),
            checks: z.array(question({ purpose: purpose.optional() })).min(1).max(MAX_CHECKS),
          }),
        ),
      },
    },
    responses: {
      200: { description: "A decision or a problem for each check", content: json(BatchAnswer) },
      ...problems(...BODY_PROBLEMS, ...SIGNING_PROBLEMS, ...KEY_PROBLEMS, "indeterminate"),
    },
  },
  {
    method: "post",
    path: "/v1/scrubs",
    summary: "Which of a whole list of customers are excluded?",
    description:
      "One check a line, at most 1,000,000 lines and 90,000,000 bytes; lines are answered as they are read, so read while you send. " +
      "A stream that ends without its last line was cut: ask again with from.",
    security: [{ operatorKey: [] }],
    request: {
      query: z.object({
        purpose: purpose.optional().openapi({ description: "Of the lines that name none." }),
        from: z.int().min(1).max(MAX_LINES).optional().openapi({ description: "The first line to be answered; 1 when it is not said." }),
      }),
      body: { required: true, content: ndjson(question({ purpose: purpose.optional() })) },
    },
    responses: {
      200: { description: "The answers", content: ndjson(ScrubLine), headers: { "Answer-Id": { required: true, schema: { type: "string" } } } },
      ...problems("body-too-large", "content-type-unsupported", "field-invalid", "signature-unsupported", ...KEY_PROBLEMS, "indeterminate"),
    },
  },
  {
    method: "get",
    path: "/v1/status",
    summary: "How the edge is that answers here",
    responses: {
      200: { description: "It may answer clear from memory", content: json(Status) },
      503: { description: "It may not", content: json(Status) },
      ...problems(),
    },
  },
  {
    method: "get",
    path: "/.well-known/http-message-signatures-directory",
    summary: "The keys answers are signed with",
    responses: {
      200: { description: "A JWK Set (RFC 7517)", content: { "application/http-message-signatures-directory+json": { schema: Jwks } } },
      ...problems("indeterminate"),
    },
  },
];
