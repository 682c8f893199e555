import { z } from "@hono/zod-openapi";
import { problemSchema } from "../../../api/problem-responses.ts";
import { KINDS } from "../../../bst/kinds.ts";
import { SLIPS } from "../../../bst/slip.ts";
import { ACTOR_KINDS } from "../../../kernel/actor.ts";
import { ACTS_ON_TOKENS, TOKEN_REASONS } from "../../operators/rpc.ts";

/** The most tokens of one request. */
const MAX_TOKENS = 1_000;

const text = z.string().openapi({ examples: ["BST-3…"] });
const token = z.string().max(256).openapi({ examples: ["BST-3…"] });
const reason = z.enum(TOKEN_REASONS);

export const TokenListRequest = z.strictObject({ tokens: z.array(text).min(1).max(MAX_TOKENS) });
export const TokenRequest = z.strictObject({ token });
export const TokenAndReason = z.strictObject({ token, reason });
export const TokenAndPerhapsReason = z.strictObject({ token, reason: reason.optional() });

const itemProblem = problemSchema(["token-invalid", "token-retired"]);
const own = { type: z.enum(KINDS), epoch: z.int(), generation: z.int() };

const Good = z.strictObject({ valid: z.literal(true), ...own, state: z.enum(["current", "grace"]) });
const Retired = z.strictObject({ valid: z.literal(false), ...own, state: z.literal("retired"), problem: itemProblem });
const Invalid = z.strictObject({
  valid: z.literal(false),
  problem: itemProblem,
  slip: z
    .strictObject({ kind: z.enum(SLIPS), at: z.int().nullable().openapi({ description: "The character's place in the text as it was sent, from 1." }) })
    .nullable()
    .openapi({ description: "What it looks like when it was mistyped; null when its checksum holds, and it is forged or another's." }),
});

export const ValidationsAnswer = z
  .strictObject({ tokens: z.array(z.union([Good, Retired, Invalid])) })
  .openapi("TokenValidations", { description: "One for each token, in their order. Whether anybody is excluded is not said." });
export type Validation = z.infer<typeof ValidationsAnswer>["tokens"][number];

export const RenewalsAnswer = z
  .strictObject({ tokens: z.array(z.union([z.strictObject({ token: text }), z.strictObject({ problem: itemProblem })])) })
  .openapi("TokenRenewals", { description: "One for each token, in their order: the token to keep instead, or why there is none." });

export const SuccessorAnswer = z.strictObject({ token: text }).openapi("TokenSuccessor", { description: "The token to keep instead." });

const Step = z.strictObject({
  at: z.iso.datetime(),
  event: z.enum(["epoch-began", "epoch-retired", ...ACTS_ON_TOKENS]),
  epoch: z.int(),
  generation: z.int().nullable().openapi({ description: "The token's to which it was done; null for what befell all of the epoch." }),
  least: z.strictObject({ epoch: z.int(), generation: z.int() }).nullable().openapi({ description: "From when on the person's tokens were good since." }),
  reason: reason.nullable(),
  by: z.strictObject({ kind: z.enum(ACTOR_KINDS), id: z.string().nullable().openapi({ description: "Shown to staff." }) }).nullable(),
});

export const TokenHistoryAnswer = z
  .strictObject({ ...own, state: z.enum(["current", "grace", "retired"]), steps: z.array(Step).openapi({ description: "Oldest first." }) })
  .openapi("TokenHistory", { description: "What was done to the person's tokens singly, and the operator's epochs." });
export type HistoryAnswer = z.infer<typeof TokenHistoryAnswer>;
