import { z } from "zod";
import { LOCALES, type Locale } from "../../../i18n/locales.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { isUuid } from "../../../kernel/ids.ts";
import type { Result } from "../../../kernel/result.ts";
import { isOfAge, readPerson } from "../../users/index.ts";
import { Visitor } from "../sessions/visitor.ts";
import type { SignUpForm, SignUpRefusal } from "./rpc.ts";

// The fields of every form. What no form can send by mistake falls back; what a person can get wrong is refused.
const text = z.string().max(1_000).catch("");
const locale = z.enum(Object.keys(LOCALES) as Locale[]).catch("en");
const stated = { visitor: Visitor, formId: z.string().refine(isUuid), phone: text, name: text, dateOfBirth: text, locale };

export const CodeRequest = z.object({ ...stated, again: z.boolean().catch(false) });
export const SignUp = z.object({ ...stated, code: text, password: text });
export const SignIn = z.object({ visitor: Visitor, phone: text, password: text, locale });

/** Who somebody says they are, who may have an account. */
export function readAdult(form: SignUpForm, now: Instant): Result<{ name: string; dateOfBirth: string }, SignUpRefusal> {
  const person = readPerson(form, now);
  if (!person.ok) return person;
  const { name, dateOfBirth } = person;
  if (name === null) return { ok: false, refusal: "name-missing", field: "name" };
  if (dateOfBirth === null) return { ok: false, refusal: "birth-missing", field: "dateOfBirth" };
  return isOfAge(dateOfBirth, now) ? { ok: true, name, dateOfBirth } : { ok: false, refusal: "too-young", field: "dateOfBirth" };
}

/** The request in its shape. One in another comes from no form of ours, and is begun again. */
export function read<T>(schema: z.ZodType<T>, unread: unknown): Result<{ request: T }, { refusal: "form-reused"; field: null }> {
  const parsed = schema.safeParse(unread);
  return parsed.success ? { ok: true, request: parsed.data } : { ok: false, refusal: "form-reused", field: null };
}
