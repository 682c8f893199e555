import { z } from "zod";
import { LOCALES, type Locale } from "../../../i18n/locales.ts";
import { isUuid } from "../../../kernel/ids.ts";
import type { RightsRefusal, RightsResult } from "../rights-rpc.ts";
import { REQUEST_KINDS, type Subject, subjectsOf } from "./model.ts";

export const GrantText = z.string().max(4_096);

/** One page's form. Half of a surrogate pair is no text. */
export const RequestForm = z
  .object({
    grant: GrantText,
    kind: z.enum(REQUEST_KINDS),
    subject: z.custom<Subject>().nullable(),
    statement: z.string().trim().max(1_000).refine((text) => text.isWellFormed()),
    locale: z.enum(Object.keys(LOCALES) as Locale[]),
    formId: z.string().refine(isUuid),
  })
  .refine(({ kind, subject }) => (subject === null ? subjectsOf(kind).length === 0 : subjectsOf(kind).includes(subject)), { path: ["subject"] })
  .refine(({ subject, statement }) => subject === null || subject === "language" || statement !== "", { path: ["statement"] });

const REFUSALS: Record<string, RightsRefusal["refusal"]> = {
  grant: "grant-invalid", kind: "subject-unknown", subject: "subject-unknown", statement: "statement-missing",
};

/** The request in its shape, or the refusal of its first field that has another. */
export function read(request: unknown): RightsResult<{ request: z.infer<typeof RequestForm> }> {
  const parsed = RequestForm.safeParse(request);
  if (parsed.success) return { ok: true, request: parsed.data };
  return { ok: false, refusal: REFUSALS[String(parsed.error.issues[0]?.path[0])] ?? "form-reused" };
}
