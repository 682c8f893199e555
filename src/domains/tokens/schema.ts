import { z } from "@hono/zod-openapi";
import { KINDS } from "../../bst/kinds.ts";

/** The most identifiers one request turns into tokens. */
const MAX_IDENTIFIERS = 1_000;

const type = z.enum(KINDS).openapi("IdentifierType");

export const TokensRequest = z.strictObject({
  identifiers: z
    .array(z.strictObject({ type, value: z.string().max(100).openapi({ examples: ["0712345678"] }) }))
    .min(1)
    .max(MAX_IDENTIFIERS),
});

export type Identifiers = z.infer<typeof TokensRequest>["identifiers"];

export const TokensAnswer = z
  .strictObject({ tokens: z.array(z.strictObject({ type, token: z.string().openapi({ examples: ["BST-3…"] }) })) })
  .openapi("TokensAnswer", { description: "One token for each identifier, in their order." });
