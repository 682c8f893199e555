import type { Actor } from "../../../kernel/actor.ts";
import type { Instant, Random } from "../../../kernel/clock.ts";
import { createdBy } from "../../../office/columns.ts";
import type { Change } from "../../../office/commit.ts";
import type { Office } from "../../../office/database.ts";
import type { Envelope } from "../../../sealing/envelope.ts";
import type { OperatorRole } from "../../authentication/capabilities.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { sealContact } from "./box.ts";
import { type Contact, INVITATION_LIFE } from "./model.ts";
import { insertInvitation, replaceInvitations } from "./store.ts";

/** Somebody invited is to be told by SMS. */
export const INVITED = "operator-invitation.made";

export interface NewInvitationParts {
  office: Office;
  accounts: Pick<Accounts, "phoneKey">;
  envelope: Envelope;
  random: Random;
}

/** Whom an operator, or the regulator for it, invites to which role. */
export interface Inviting {
  operator: string;
  role: OperatorRole;
  contact: Contact;
}

/**
 * What a change writes to invite somebody. No account is looked up by their phone: whether anybody has one is neither found out nor told,
 * and nothing about it changes until its holder, signed in, accepts. An earlier invitation to the same ends.
 */
export function newInvitation({ office: { primary }, accounts, envelope, random }: NewInvitationParts, { operator, role, contact }: Inviting, actor: Actor, now: Instant) {
  const base = createdBy(actor, now, random);
  const row = {
    ...base, operator, role, state: "open" as const, expiresAt: now + INVITATION_LIFE, phoneKey: accounts.phoneKey(contact.phone), userId: null,
    ...sealContact(envelope, "operatorInvitations", base.id, contact),
  };
  const rows: Change<object>["rows"] = [replaceInvitations(primary, row, actor, now), insertInvitation(primary, row)];
  return { row, rows, events: [{ topic: INVITED, subject: base.id, payload: {} }] };
}
