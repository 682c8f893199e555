import { z } from "zod";
import { LOCALES, type Locale } from "../../../i18n/locales.ts";
import { isUuid } from "../../../kernel/ids.ts";
import type { Result } from "../../../kernel/result.ts";
import { Visitor } from "../sessions/visitor.ts";
import type { ShapeRefusal } from "./rpc.ts";

// The fields of every form, as long as a form may be. What no form can send by mistake falls back; what a person can get wrong is refused.
const text = z.string().max(4_096).catch("");
const locale = z.enum(Object.keys(LOCALES) as Locale[]).catch("en");
const stated = { visitor: Visitor, formId: z.string().refine(isUuid), phone: text, locale };

export const CodeRequest = z.object({ ...stated, again: z.boolean().catch(false) });
export const Proof = z.object({ ...stated, code: text });
export const NewPassword = z.object({ visitor: Visitor, link: text, password: text, locale });
export const ActivationStart = CodeRequest.extend({ link: text });
export const Activation = Proof.extend({ link: text, password: text });
export const PasswordChange = z.object({ visitor: Visitor, current: text, password: text, locale });

/** The request in its shape. One in another comes from no form of ours, and is begun again. */
export function read<T>(schema: z.ZodType<T>, unread: unknown): Result<{ request: T }, ShapeRefusal> {
  const parsed = schema.safeParse(unread);
  return parsed.success ? { ok: true, request: parsed.data } : { ok: false, refusal: "form-reused", field: null };
}
