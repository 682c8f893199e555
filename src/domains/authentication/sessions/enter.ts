import { z } from "zod";
import type { Actor } from "../../../kernel/actor.ts";
import type { Result } from "../../../kernel/result.ts";
import type { AccountParts } from "../parts.ts";
import { signedIn } from "./current.ts";
import type { Session, SessionRefusal } from "./model.ts";
import { Visitor } from "./visitor.ts";

/** Somebody who is signed in, and how the audit names them. */
export interface Holder {
  session: Session;
  userId: string;
  actor: Actor;
}

/** Something of one's own; an id that none of ours can be is that of nothing. */
export const OneOfForm = z.object({ visitor: z.unknown(), id: z.string().max(64).catch("") }).catch({ visitor: null, id: "" });

/** Who the visitor is, by the session they hold; `fresh` as in `signedIn`. Nobody is who brings nothing in the shape of a visitor. */
export async function enter(
  parts: Pick<AccountParts, "office" | "clock">, unread: unknown, fresh: "fresh" | null = null,
): Promise<Result<{ holder: Holder }, SessionRefusal>> {
  const read = Visitor.safeParse(unread);
  if (!read.success) return { ok: false, refusal: "signed-out" };
  const entered = await signedIn(parts, read.data.session, fresh);
  if (!entered.ok) return entered;
  const { session } = entered;
  const { userId } = session.principal;
  return { ok: true, holder: { session, userId, actor: { kind: "user", id: userId, origin: read.data.origin } } };
}
