import { proofRefused } from "../codes.ts";
import type { AccountParts } from "../parts.ts";
import { acceptable } from "../passwords/rules.ts";
import { provablePhone } from "../phone.ts";
import { read, readAdult, SignUp } from "./input.ts";
import { makeOnce } from "./make.ts";
import type { SignInRpc } from "./rpc.ts";

/** Makes a citizen's account, for whoever proves the phone, and signs in. Whether they are excluded is not asked. */
export async function signUp(parts: AccountParts, unread: unknown): ReturnType<SignInRpc["signUp"]> {
  const form = read(SignUp, unread);
  if (!form.ok) return form;
  const { formId, password, code, visitor, locale } = form.request;
  const known = await provablePhone(parts.tokenizer, form.request.phone);
  if (!known.ok) return known;
  const adult = readAdult(form.request, parts.clock());
  if (!adult.ok) return adult;
  const { number, p } = known.phone;
  const { name, dateOfBirth } = adult;
  const accepted = acceptable(password, { name, phone: number });
  if (!accepted.ok) return accepted;
  const refused = await proofRefused(parts, p, formId, code);
  if (refused) return refused;
  if ((await parts.breached?.(password)) === true) return { ok: false, refusal: "password-breached", field: "password" };
  return makeOnce(parts, formId, { visitor, number, password, locale, name, dateOfBirth });
}
