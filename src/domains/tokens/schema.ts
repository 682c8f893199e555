import { z } from "@hono/zod-openapi";
import { KINDS } from "../../bst/kinds.ts";
import { ROTATION_REASONS } from "../operators/pair-keys/rpc.ts";

/** The most identifiers one request turns into tokens. */
export const MAX_IDENTIFIERS = 1_000;

export const type = z.enum(KINDS).openapi("IdentifierType");

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

export const RotationRequest = z.strictObject({
  pairKeyId: z.string().optional().openapi({ description: "The pairwise key of the new epoch; the same as before when it is left out." }),
  reason: z.enum(ROTATION_REASONS).optional().openapi({
    description: "Scheduled when it is left out. Compromised: the tokens of every epoch before are read for a shorter time, or not at all, as the deployment has it.",
  }),
});

export const EpochAnswer = z
  .strictObject({ epoch: z.int(), pairKeyId: z.string(), rootEpoch: z.int(), state: z.enum(["current", "grace", "retired"]) })
  .openapi("Epoch", { description: "An operator's epoch: what its tokens are sealed in." });
