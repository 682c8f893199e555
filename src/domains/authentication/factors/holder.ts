import type { z } from "zod";
import type { Actor } from "../../../kernel/actor.ts";
import type { Result } from "../../../kernel/result.ts";
import type { AccountParts } from "../parts.ts";
import { dueOf, sessionOf } from "../sessions/current.ts";
import type { Session, SessionRefusal } from "../sessions/model.ts";
import type { Visitor } from "../sessions/visitor.ts";
import { hasSecond } from "./rules.ts";
import { heldBy } from "./store.ts";

export type FactorParts = Pick<AccountParts, "office" | "accounts" | "hasher" | "random" | "clock">;

/** An account and all it can show. */
export type Held = NonNullable<Awaited<ReturnType<typeof heldBy>>>;

/** Whose factors they are, and the session they came with. */
export interface Holder {
  session: Session;
  held: Held;
}

/** A request in its shape; in another it comes from no page of ours, and holds no session. */
export function read<T>(schema: z.ZodType<T>, unread: unknown): Result<{ request: T }, SessionRefusal> {
  const parsed = schema.safeParse(unread);
  return parsed.success ? { ok: true, request: parsed.data } : { ok: false, refusal: "signed-out" };
}

export const actorOf = ({ principal }: Session, { origin }: Visitor): Actor => ({ kind: "user", id: principal.userId, origin });

/**
 * Somebody who may look after their factors: signed in, or about to make the first. Once there is one an enrolment is over:
 * whoever only knew the password does not get past it.
 */
export async function holderOf(
  parts: FactorParts, { session: secret }: Visitor, fresh: "fresh" | null = null,
): Promise<Result<Holder, SessionRefusal>> {
  const session = await sessionOf(parts, secret);
  const due = session?.stage === "enrolment" ? null : dueOf(session, fresh, parts.clock());
  if (due) return { ok: false, ...due };
  const held = (await heldBy(parts.office, session!.principal.userId))!;
  if (session!.stage === "enrolment" && hasSecond(held)) return { ok: false, refusal: "signed-out" };
  return { ok: true, session: session!, held };
}
