import { z } from "zod";
import { isUuid } from "../../../kernel/ids.ts";
import { signedIn, Visitor } from "../../authentication/index.ts";
import { acceptInvitation, type InvitationParts, ownInvitations } from "./invite.ts";
import type { InvitationsRpc } from "./rpc.ts";

const Accepting = z.object({ visitor: Visitor, id: z.string().refine(isUuid) });

export async function mine(parts: InvitationParts, unread: unknown): ReturnType<InvitationsRpc["mine"]> {
  const visitor = Visitor.safeParse(unread);
  const entered = await signedIn(parts, visitor.data?.session ?? null);
  if (!entered.ok) return entered;
  return { ok: true, invitations: await ownInvitations(parts, entered.session.principal.userId) };
}

export async function accept(parts: InvitationParts, unread: unknown): ReturnType<InvitationsRpc["accept"]> {
  const asked = Accepting.safeParse(unread);
  if (!asked.success) return { ok: false, refusal: "gone" };
  const { visitor: { session, origin }, id } = asked.data;
  const entered = await signedIn(parts, session, "fresh");
  if (!entered.ok) return entered;
  const { principal } = entered.session;
  const done = await acceptInvitation(parts, { principal, actor: { kind: "user", id: principal.userId, origin } }, id);
  return done.ok ? { ok: true } : { ok: false, refusal: "gone" };
}
