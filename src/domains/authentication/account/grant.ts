import { maskPhone } from "../../../kernel/mask.ts";
import type { RegisterApi } from "../../exclusions/rpc.ts";
import type { AccountParts } from "../parts.ts";
import { provablePhone } from "../phone.ts";
import { enter } from "../sessions/enter.ts";
import type { SessionsRpc } from "../sessions/rpc.ts";
import { accountRow } from "./store.ts";

export interface GrantParts extends AccountParts {
  register: Pick<RegisterApi, "holdingOf">;
}

/**
 * A grant for the phone its holder proved, as old as the session's last factor. Fails closed: a number that somebody proved
 * to the register after this account did may have a new owner, and then only a code to it opens anything.
 */
export async function grant(parts: GrantParts, unread: unknown): ReturnType<SessionsRpc["grant"]> {
  const entered = await enter(parts, unread);
  if (!entered.ok) return entered;
  const { session, userId } = entered.holder;
  const proven = await provenPhone(parts, userId);
  const read = proven && (await provablePhone(parts.tokenizer, proven.number));
  if (!read?.ok) return { ok: false, refusal: "phone-unproven" };
  const { p: phone, number } = read.phone;
  const held = await parts.register.holdingOf(phone);
  if (held && held.since > proven!.at) return { ok: false, refusal: "phone-elsewhere" };
  return { ok: true, grant: await parts.grants.issue({ phone, maskedPhone: maskPhone(number), personId: held && held.personId }, session.provenAt) };
}

/** The phone the account signs in with, if its holder ever proved it. */
async function provenPhone({ office, accounts }: AccountParts, userId: string): Promise<{ number: string; at: number } | null> {
  const user = await accountRow(office, userId);
  const number = user && accounts.profileOf(user)?.phone;
  if (!number || user.phoneProvenAt === null || user.phoneKey !== accounts.phoneKey(number)) return null;
  return { number, at: user.phoneProvenAt };
}
