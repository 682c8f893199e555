import { z } from "zod";
import type { Result } from "../../../kernel/result.ts";
import { isUuid } from "../../../kernel/ids.ts";
import { Visitor } from "../sessions/visitor.ts";

// What a page sends, unread: whether it proves anything is for the verification to say.
const id = z.string().refine(isUuid);
const bytes = z.string().max(4_096);
const answer = { ceremonyId: id, credentialId: bytes, clientDataJSON: bytes };

export const Registering = z.object({ visitor: Visitor, attestation: z.object({ ...answer, attestationObject: bytes, transports: z.string().max(200) }) });
export const Signing = z.object({ visitor: Visitor, assertion: z.object({ ...answer, authenticatorData: bytes, signature: bytes, userHandle: bytes }) });
export const Renaming = z.object({ visitor: Visitor, passkeyId: id, label: z.string() });
export const Removing = z.object({ visitor: Visitor, passkeyId: id });

/** A name its holder gives a passkey: one line. */
export const Label = z.string().trim().min(1).max(40).refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text));

/** The request in its shape; one in another comes from no page of ours. */
export function read<T, Refusal extends string>(schema: z.ZodType<T>, unread: unknown, refusal: Refusal): Result<{ request: T }, { refusal: Refusal }> {
  const parsed = schema.safeParse(unread);
  return parsed.success ? { ok: true, request: parsed.data } : { ok: false, refusal };
}
