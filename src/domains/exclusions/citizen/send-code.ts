import { sendCodeTo } from "../../authentication/index.ts";
import type { CitizenResult } from "../citizen-rpc.ts";
import { CodeRequest, read, readIdentity } from "./input.ts";
import { type CitizenParts, pseudonymsOf } from "./parts.ts";

/** Sends a code to the phone of what was typed, once all of it can be read. */
export async function sendCode(parts: CitizenParts, unread: unknown): Promise<CitizenResult<{ phone: string }>> {
  const form = read(CodeRequest, unread);
  if (!form.ok) return form;
  const stated = readIdentity(form.request.phone, form.request.document, parts.clock());
  if (!stated.ok) return stated;
  const number = stated.phone.value;
  const [p] = await pseudonymsOf(parts.tokenizer, { ...stated, document: null });
  const sent = await sendCodeTo(parts, { number, p }, form.request);
  return sent.ok ? { ok: true, phone: number } : sent;
}
