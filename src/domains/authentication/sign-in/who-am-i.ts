import { maskPhone } from "../../../kernel/mask.ts";
import type { AccountParts } from "../parts.ts";
import { sessionOf } from "../sessions/current.ts";
import { Visitor } from "../sessions/visitor.ts";
import type { SignInRpc } from "./rpc.ts";
import { sealedProfileOf } from "./store.ts";

/** Who is signed in, or on the way to it, with this browser. Throws when the office does not answer: then nobody is. */
export async function whoAmI(parts: AccountParts, unread: unknown): ReturnType<SignInRpc["whoAmI"]> {
  const visitor = Visitor.safeParse(unread).data;
  const session = visitor ? await sessionOf(parts, visitor.session) : null;
  if (!session) return null;
  const sealed = await sealedProfileOf(parts.office, session.principal.userId);
  const phone = sealed && parts.accounts.profileOf(sealed)?.phone;
  return { stage: session.stage, roles: [...session.principal.assignments], phone: phone ? maskPhone(phone) : null };
}
