import { z } from "zod";
import { fingerprintOf } from "../../../api/idempotency.ts";
import { isUuid } from "../../../kernel/ids.ts";
import { readPhone, Visitor } from "../../authentication/index.ts";
import { apply } from "./apply.ts";
import type { ApplicationParts } from "./parts.ts";
import { APPLICATION_FIELDS, type ApplicationField, type OperatorApplicationRpc } from "./rpc.ts";
import { ApplicationRequest } from "./schema.ts";

export interface FormParts extends ApplicationParts {
  /** Counts a form from this address; false when those of the minute are used up. */
  admits: (address: string) => Promise<boolean>;
}

const text = z.string().max(1_000).catch("");
const Form = z.object({
  visitor: Visitor,
  locale: z.string().catch("en"),
  form: z.object({
    formId: z.string().refine(isUuid), kinds: z.array(z.string().max(40)).max(20).catch([]),
    ...(Object.fromEntries(APPLICATION_FIELDS.filter((name) => name !== "kinds").map((name) => [name, text])) as Record<Exclude<ApplicationField, "kinds">, typeof text>),
  }),
});
type Typed = z.infer<typeof Form>["form"];

/** Beside which field of the page stands what is wrong with the request. */
const FIELD_OF: Readonly<Record<string, ApplicationField>> = { "contact.name": "contactName", "contact.email": "email", "contact.phone": "phone" };

const orNull = (typed: string): string | null => (typed.trim() === "" ? null : typed);

const requestOf = ({ name, tradingName, registrationNumber, website, address, licenceType, kinds, declaredCustomers, contactName, email, phone }: Typed, language: string) => ({
  name, tradingName: orNull(tradingName), registrationNumber, website: orNull(website.trim()), address, licenceType, kinds,
  declaredCustomers: /^[\d\s,.]+$/.test(declaredCustomers) ? Number(declaredCustomers.replaceAll(/\D/g, "")) : null,
  contact: { name: contactName, email: email.trim(), phone, language },
});

/** Keeps what the page's form says, once a form. */
export async function applyByForm(parts: FormParts, unread: unknown): ReturnType<OperatorApplicationRpc["apply"]> {
  const asked = Form.safeParse(unread);
  if (!asked.success) return { ok: false, refusal: "form-reused" };
  const { form, visitor: { address, origin }, locale: language } = asked.data;
  if (!(await parts.admits(address))) return { ok: false, refusal: "too-many-calls" };
  const read = ApplicationRequest.safeParse(requestOf(form, language));
  const phone = readPhone(form.phone);
  const wrong = new Set((read.error?.issues ?? []).map(({ path }) => FIELD_OF[path.slice(0, 2).join(".")] ?? (path[0] as ApplicationField)));
  if (!phone.ok) wrong.add("phone");
  if (!read.success || !phone.ok) return { ok: false, refusal: "fields-unfit", fields: APPLICATION_FIELDS.filter((field) => wrong.has(field)) };
  const { contact: { language: locale, ...person }, ...company } = read.data;
  const contact = { ...person, phone: phone.number, locale };
  const command = { id: `apply ${form.formId}`, fingerprint: fingerprintOf(company, locale, parts.accounts.fingerprint(contact)) };
  const done = await apply(parts, { ...company, contact }, origin, command);
  return done.ok ? { ok: true, reference: done.answer.reference } : { ok: false, refusal: "form-reused" };
}
