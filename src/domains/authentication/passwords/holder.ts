import type { Actor } from "../../../kernel/actor.ts";
import type { Visitor } from "../sessions/visitor.ts";

/** Whoever changes their own account, by a session or by a link. */
export const holderActor = (userId: string, { origin }: Visitor): Actor => ({ kind: "user", id: userId, origin });
