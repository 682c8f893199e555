import { z } from "zod";
import { LOCALES, type Locale } from "../../../i18n/locales.ts";
import { isUuid } from "../../../kernel/ids.ts";
import type { RightsRefusal, RightsResult } from "../rights-rpc.ts";
import { SUBJECTS } from "./model.ts";

const formId = z.string().refine(isUuid);
const grant = z.string().max(4_096);
/** What a person has to say, in one page's form. Half of a surrogate pair is no text. */
const statement = z.string().trim().max(1_000).refine((text) => text.isWellFormed());

export const GrantText = grant;
export const ExportForm = z.object({ grant, formId });
export const ErasureForm = z.object({ grant, formId });
export const RectificationForm = z
  .object({ grant, formId, subject: z.enum(SUBJECTS), statement, locale: z.enum(Object.keys(LOCALES) as Locale[]) })
  .refine(({ subject, statement }) => subject === "language" || statement !== "", { path: ["statement"] });

const REFUSALS: Record<string, RightsRefusal["refusal"]> = { grant: "grant-invalid", subject: "subject-unknown", statement: "statement-missing" };

/** The request in its shape, or the refusal of its first field that has another. */
export function read<T>(schema: z.ZodType<T>, request: unknown): RightsResult<{ request: T }> {
  const parsed = schema.safeParse(request);
  if (parsed.success) return { ok: true, request: parsed.data };
  return { ok: false, refusal: REFUSALS[String(parsed.error.issues[0]?.path[0])] ?? "form-reused" };
}
