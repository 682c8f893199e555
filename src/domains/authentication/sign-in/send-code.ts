import { sendCodeTo } from "../codes.ts";
import type { AccountParts } from "../parts.ts";
import { provablePhone } from "../phone.ts";
import { CodeRequest, read, readAdult } from "./input.ts";
import type { SignInRpc } from "./rpc.ts";

/** Sends a code to the phone of whoever wants an account, once all that was typed can be read. Says nothing of whether it has one. */
export async function sendCode(parts: AccountParts, unread: unknown): ReturnType<SignInRpc["sendCode"]> {
  const form = read(CodeRequest, unread);
  if (!form.ok) return form;
  const known = await provablePhone(parts.tokenizer, form.request.phone);
  if (!known.ok) return known;
  const adult = readAdult(form.request, parts.clock());
  if (!adult.ok) return adult;
  const sent = await sendCodeTo(parts, known.phone, { ...form.request, address: form.request.visitor.address });
  return sent.ok ? { ok: true, phone: known.phone.number } : sent;
}
