import { maskPhone } from "../../../kernel/mask.ts";
import type { RegisterApi } from "../../exclusions/rpc.ts";
import type { AccountParts } from "../parts.ts";
import { enter } from "../sessions/enter.ts";
import type { SessionsRpc } from "../sessions/rpc.ts";
import { phoneOf } from "./phone-of.ts";
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
  const user = await accountRow(parts.office, userId);
  const proven = user && user.phoneProvenAt !== null && (await phoneOf(parts, user));
  if (!proven) return { ok: false, refusal: "phone-unproven" };
  const { p: phone, number } = proven;
  const held = await parts.register.holdingOf(phone);
  if (held && held.since > user.phoneProvenAt!) return { ok: false, refusal: "phone-elsewhere" };
  const of = { phone, number, maskedPhone: maskPhone(number), personId: held && held.personId };
  return { ok: true, grant: await parts.grants.issue(of, session.provenAt) };
}
