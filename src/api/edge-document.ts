import { type RouteConfig, z } from "@hono/zod-openapi";
import { MAX_CHECKS } from "../check/batch.ts";
import { MAX_LINES } from "../check/scrub.ts";
import { Answer, BatchAnswer, ITEM_PROBLEMS, Jwks, KEY_PROBLEMS, purpose, question, ScrubLine, Status } from "./edge-schemas.ts";
import { BODY_PROBLEMS, edgeProblems } from "./problem-responses.ts";

/*
 * The edge's routes, described for the document that origin serves. The edge parses without zod, so this is written
 * beside its code and not by it; the edge's tests check each of their answers against it.
 */

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
    description: `Whatever is not a decision is a problem. On 503 treat the person as excluded. A test key asks about test persons alone, and its answers look like everybody's. ${SIGNED}`,
    security: [{ operatorKey: [] }],
    request: { body: { required: true, content: json(question({ purpose })) } },
    responses: {
      200: { description: "The decision", content: json(Answer) },
      ...edgeProblems(...BODY_PROBLEMS, ...SIGNING_PROBLEMS, ...KEY_PROBLEMS, ...ITEM_PROBLEMS),
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
      ...edgeProblems(...BODY_PROBLEMS, ...SIGNING_PROBLEMS, ...KEY_PROBLEMS, "indeterminate"),
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
      ...edgeProblems("body-too-large", "content-type-unsupported", "field-invalid", "signature-unsupported", ...KEY_PROBLEMS, "indeterminate"),
    },
  },
  {
    method: "get",
    path: "/v1/status",
    summary: "How the edge is that answers here",
    responses: {
      200: { description: "It may answer clear from memory", content: json(Status) },
      503: { description: "It may not", content: json(Status) },
      ...edgeProblems(),
    },
  },
  {
    method: "get",
    path: "/.well-known/http-message-signatures-directory",
    summary: "The keys answers are signed with",
    responses: {
      200: { description: "A JWK Set (RFC 7517)", content: { "application/http-message-signatures-directory+json": { schema: Jwks } } },
      ...edgeProblems("indeterminate"),
    },
  },
];
