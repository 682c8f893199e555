import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { sha256 } from "@noble/hashes/sha2.js";
import { operatorOnly } from "../../../api/authentication.ts";
import { type ApiEnv, bodyAtMost, createRouter, KILOBYTE } from "../../../api/kit.ts";
import { available, ProblemError } from "../../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../../api/problem-responses.ts";
import { toBase64Url, toHex } from "../../../kernel/bytes.ts";
import type { Clock } from "../../../kernel/clock.ts";
import type { OperatorDirectoryApi } from "../../operators/rpc.ts";
import { guardProblem } from "../guard/refusals.ts";
import { TokensAnswer } from "../schema.ts";
import { evaluateBlinded } from "./evaluate.ts";
import type { BlindParts } from "./parts.ts";
import { BlindAnswer, BlindKeyAnswer, BlindRequest, TradeRequest } from "./schema.ts";
import { tradeOutputs } from "./trade.ts";

export interface BlindRouteParts extends BlindParts {
  directory: Pick<OperatorDirectoryApi, "keyHolder">;
  /** As the document is to show it, base64url; empty, it shows none. */
  blindPublicKey: string;
  clock: Clock;
}

type Directory = BlindRouteParts["directory"];

const PROBLEMS = ["unauthenticated", "forbidden", "unavailable"] as const;

const show = ({ directory, blindPublicKey }: BlindRouteParts) =>
  createRoute({
    method: "get",
    path: "/v1/tokens/blind",
    summary: "The key that blinded evaluations are verified by",
    description:
      "Do not believe it for being shown to you: a server could show each operator a key of its own, and tell by it who is whose customer. " +
      `Pin the key that the regulator published, and refuse any other.${blindPublicKey && ` This document, which everybody is shown alike, says ${blindPublicKey}`}`,
    security: [{ operatorKey: [] }],
    middleware: [operatorOnly(directory, "tokens")] as const,
    responses: { 200: { description: "The key", content: { "application/json": { schema: BlindKeyAnswer } } }, ...problems(...PROBLEMS) },
  });

const evaluate = (directory: Directory) =>
  createRoute({
    method: "post",
    path: "/v1/tokens/blind",
    summary: "Evaluate blinded identifiers",
    description:
      "RFC 9497, VOPRF mode: blind the identifier's canonical bytes, verify the proof against the pinned key, finalize, and trade the output at once. " +
      "It says nothing of the identifiers. All or nothing; the same elements may be sent again, and count again.",
    security: [{ operatorKey: [] }],
    middleware: [operatorOnly(directory, "tokens"), bodyAtMost(256 * KILOBYTE)] as const,
    request: { body: { required: true, content: { "application/json": { schema: BlindRequest } } } },
    responses: {
      200: { description: "The evaluation", content: { "application/json": { schema: BlindAnswer } } },
      ...problems(...BODY_PROBLEMS, ...PROBLEMS, "quota-exhausted", "quarantined", "licence-lapsed"),
    },
  });

const trade = (directory: Directory) =>
  createRoute({
    method: "post",
    path: "/v1/tokens/trade",
    summary: "Trade finalized outputs for tokens of your own",
    description:
      "The tokens that POST /v1/tokens gives for the identifiers. An output is as secret as its identifier: keep none. " +
      "Its type is your word, and a wrong one gives another token than the identifier's; a check takes one identifier for one kind all the same.",
    security: [{ operatorKey: [] }],
    middleware: [operatorOnly(directory, "tokens"), bodyAtMost(256 * KILOBYTE)] as const,
    request: { body: { required: true, content: { "application/json": { schema: TradeRequest } } } },
    responses: {
      200: { description: "The tokens", content: { "application/json": { schema: TokensAnswer } } },
      ...problems(...BODY_PROBLEMS, ...PROBLEMS, "quota-exhausted", "quarantined", "licence-lapsed"),
    },
  });

const noElement = (at: number) => ({ pointer: `/elements/${at}`, detail: "is no element of ristretto255, or its identity" });

export const blindRoutes = (parts: BlindRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(show(parts), async (c) => {
      const publicKey = await available(parts.blindTokenizer.publicKey());
      return c.json({ suite: "ristretto255-SHA512" as const, publicKey: toBase64Url(publicKey), keyId: toHex(sha256(publicKey)).slice(0, 16) }, 200);
    })
    .openapi(evaluate(parts.directory), async (c) => {
      const answer = await available(evaluateBlinded(parts, c.var.holder, c.req.valid("json").elements));
      if (answer.ok) return c.json({ evaluated: answer.evaluated.map(toBase64Url), proof: toBase64Url(answer.proof) }, 200);
      if (answer.refusal === "elements-invalid") throw new ProblemError("field-invalid", { errors: answer.refused.map(noElement) });
      throw guardProblem(answer, parts.clock());
    })
    .openapi(trade(parts.directory), async (c) => {
      const answer = await available(tradeOutputs(parts, c.var.holder, c.req.valid("json").outputs));
      if (!answer.ok) throw guardProblem(answer, parts.clock());
      return c.json({ tokens: answer.tokens }, 200);
    });
