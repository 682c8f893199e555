import { z } from "@hono/zod-openapi";
import { pageAnswer } from "../../../api/listing.ts";
import { LOCK_REASONS } from "../accounts/rules.ts";
import { UserAnswer } from "../accounts/schema.ts";
import { DOCUMENTS, REASONS, VERDICTS } from "./model.ts";

const method = z.enum(DOCUMENTS).openapi({ description: "The kind of document that was seen." });

export const LockRequest = z.strictObject({ reason: z.enum(LOCK_REASONS) }).openapi("UserLock");

export const VerificationRequest = z
  .discriminatedUnion("verdict", [
    z.strictObject({ verdict: z.literal("verified"), method, reason: z.enum(REASONS.verified) }),
    z.strictObject({ verdict: z.literal("revoked"), reason: z.enum(REASONS.revoked) }),
  ])
  .openapi("VerificationRequest");

export const VerificationAnswer = z
  .strictObject({
    id: z.uuid(), method, verdict: z.enum(VERDICTS), reason: z.enum([...REASONS.verified, ...REASONS.revoked]), at: z.iso.datetime(), by: z.string(),
  })
  .openapi("Verification");

export const VerificationsAnswer = pageAnswer(VerificationAnswer).openapi("Verifications");

export const SearchRequest = z
  .strictObject({
    identifier: z.string().openapi({
      description: "A phone in any writing, an e-mail address, an account's id, or the same as the audit log has it.", examples: ["0712 345 678"],
    }),
  })
  .openapi("UserSearch");

export const SearchAnswer = z
  .strictObject({ users: z.array(UserAnswer).max(1).openapi({ description: "The one account this names, deleted or not; empty for none." }) })
  .openapi("UsersFound");
