import type { z } from "zod";
import type { Actor } from "../../../kernel/actor.ts";
import type { Result } from "../../../kernel/result.ts";
import { allows, type Caller, type Capability, type Principal } from "../../authentication/capabilities.ts";
import { noteRefusal } from "../../../office/refusals.ts";
import { accessRefused, isFresh, signedIn, Visitor } from "../../authentication/index.ts";
import type { UserParts } from "../accounts/parts.ts";
import type { StaffRefusal } from "./rpc.ts";

/** What it takes to say who is at the door. Whatever of it fails throws: nobody is let in. */
export interface EnterParts extends Pick<UserParts, "office" | "clock" | "random"> {
  /** Counts a call of this account; false when those of the minute are used up. */
  admits: (userId: string) => Promise<boolean>;
}

/** What the verbs of the regulator's people work with. Whatever of it fails throws: nothing was shown and nothing changed. */
export type StaffParts = UserParts & EnterParts;

const refused = (refusal: StaffRefusal["refusal"]): { ok: false } & StaffRefusal => ({ ok: false, refusal });

/** Lets in who is signed in and may do this to anybody's account; an operator's people may to nobody's here, and are told that there is nothing. */
export const enter = (parts: EnterParts, unread: unknown, capability: Capability, fresh: "fresh" | null = null): Promise<Result<{ by: Caller }, StaffRefusal>> =>
  enterBy(parts, unread, capability, (principal) => allows(principal, capability, null), fresh);

/** Lets in who is signed in and is judged to be where they belong; who is not is told that there is nothing, and the audit log who it was. */
export async function enterBy(
  parts: EnterParts, unread: unknown, capability: Capability, belongs: (principal: Principal) => boolean, fresh: "fresh" | null,
): Promise<Result<{ by: Caller }, StaffRefusal>> {
  const visitor = Visitor.safeParse(unread);
  if (!visitor.success) return refused("signed-out");
  const entered = await signedIn(parts, visitor.data.session);
  if (!entered.ok) return entered;
  const { session, session: { principal } } = entered;
  if (!(await parts.admits(principal.userId))) return refused("too-many-calls");
  const actor: Actor = { kind: "user", id: principal.userId, origin: visitor.data.origin, reason: capability };
  if (!belongs(principal)) {
    await noteRefusal(parts.office, accessRefused(actor, capability), parts.clock(), parts.random);
    return refused("not-found");
  }
  if (fresh && !isFresh(session, parts.clock())) return refused("proof-due");
  return { ok: true, by: { principal, actor } };
}

/** The part of a request that says who asks. */
export const visitorIn = (unread: unknown): unknown => (unread as { visitor?: unknown } | null | undefined)?.visitor;

/** A request in its shape; null for one that no form of ours sends. */
export const read = <T>(schema: z.ZodType<T>, unread: unknown): T | null => schema.safeParse(unread).data ?? null;
