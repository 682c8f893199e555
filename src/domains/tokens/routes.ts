import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { operatorOnly } from "../../api/authentication.ts";
import { type ApiEnv, bodyAtMost, createRouter, KILOBYTE } from "../../api/kit.ts";
import { available, ProblemError } from "../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../api/problem-responses.ts";
import type { IdentifierRefusal } from "../../bst/canonical.ts";
import type { OperatorDirectoryApi } from "../operators/rpc.ts";
import { type IssueParts, issueTokens } from "./issue.ts";
import { TokensAnswer, TokensRequest } from "./schema.ts";

export interface TokenRouteParts extends IssueParts {
  directory: Pick<OperatorDirectoryApi, "keyHolder">;
}

const REFUSALS: Record<IdentifierRefusal, string> = {
  "phone-invalid": "is not a telephone number",
  "phone-landline": "is a landline; only mobile numbers are registered",
  "phone-foreign": "is not a Kenyan number",
  "document-invalid": "cannot be a document of this type",
};

const issue = (directory: TokenRouteParts["directory"]) =>
  createRoute({
    method: "post",
    path: "/v1/tokens",
    summary: "Turn customers' identifiers into tokens of your own",
    description: "All or nothing. An identifier gives the same token as long as your epoch lasts, and is not kept.",
    security: [{ operatorKey: [] }],
    middleware: [operatorOnly(directory), bodyAtMost(1024 * KILOBYTE)] as const,
    request: { body: { required: true, content: { "application/json": { schema: TokensRequest } } } },
    responses: {
      200: { description: "The tokens", content: { "application/json": { schema: TokensAnswer } } },
      ...problems(...BODY_PROBLEMS, "unauthenticated", "unavailable"),
    },
  });

export const tokenRoutes = (parts: TokenRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter().openapi(issue(parts.directory), async (c) => {
    const answer = await available(issueTokens(parts, c.var.holder.epoch, c.req.valid("json").identifiers));
    if (!answer.ok) {
      throw new ProblemError("field-invalid", {
        errors: answer.refused.map(({ at, refusal }) => ({ pointer: `/identifiers/${at}/value`, detail: REFUSALS[refusal] })),
      });
    }
    return c.json({ tokens: answer.tokens }, 200);
  });
