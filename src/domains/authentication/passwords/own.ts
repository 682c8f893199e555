import { maskPhone } from "../../../kernel/mask.ts";
import type { Result } from "../../../kernel/result.ts";
import type { AccountParts } from "../parts.ts";
import { signedIn } from "../sessions/current.ts";
import type { Session } from "../sessions/model.ts";
import { Visitor } from "../sessions/visitor.ts";
import type { DueRefusal, PasswordsRpc } from "./rpc.ts";
import { type Account, accountById } from "./store.ts";

/** Whoever is signed in and showed a factor lately, and their account. */
export interface Own {
  session: Session;
  account: Account;
}

const SIGNED_OUT = { ok: false, refusal: "signed-out", field: null } as const;

export async function ownAccount(parts: Pick<AccountParts, "office" | "clock">, { session: secret }: Visitor): Promise<Result<Own, DueRefusal>> {
  const entered = await signedIn(parts, secret, "fresh");
  if (!entered.ok) return { ...entered, field: null };
  const account = await accountById(parts.office, entered.session.principal.userId);
  return account ? { ok: true, session: entered.session, account } : SIGNED_OUT;
}

export async function ownPhone(parts: AccountParts, unread: unknown): ReturnType<PasswordsRpc["ownPhone"]> {
  const visitor = Visitor.safeParse(unread);
  const own = visitor.success ? await ownAccount(parts, visitor.data) : SIGNED_OUT;
  if (!own.ok) return own;
  const { phone } = parts.accounts.profileOf(own.account.user)!;
  return { ok: true, phone: phone && maskPhone(phone) };
}
