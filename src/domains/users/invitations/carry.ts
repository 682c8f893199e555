import { text } from "../../../i18n/index.ts";
import type { SmsSender } from "../../../adapters/sms/port.ts";
import { systemActor } from "../../../kernel/actor.ts";
import { HOUR } from "../../../kernel/clock.ts";
import { drainEvents, type OfficeEvent } from "../../../office/drain.ts";
import { contactAnew, openContact } from "./box.ts";
import { ending, type InvitationParts } from "./invite.ts";
import { INVITED } from "./new.ts";
import { invitationById, invitationsToLapse, invitationsUnderOtherKeys, replaceInvitationBox } from "./store.ts";

export type InvitationCarryParts = InvitationParts & { sms: SmsSender };

const ITSELF = systemActor("operator-invitations");
const AT_ONCE = 100;
/** Whoever cannot be reached for so long is not told: it stands on their page. */
const TELLING = HOUR;

type Report = (error: unknown) => void;

/** Tells who is invited, right after the commit and each minute. */
export const carryInvitations = (parts: InvitationCarryParts, report: Report): Promise<void> =>
  drainEvents({ office: parts.office, report, handlers: { [INVITED]: (event) => tell(parts, event) } });

/** Each minute: who is still to be told, what nobody accepted in time, and boxes under another key-encryption key. */
export async function sweepInvitations(parts: InvitationCarryParts, report: Report): Promise<void> {
  await carryInvitations(parts, report);
  const { office, envelope, clock } = parts;
  for (const found of await invitationsToLapse(office, clock(), AT_ONCE)) await ending(parts, found, { state: "lapsed" }, "operator-invitation.lapsed", ITSELF).catch(report);
  for (const { id, contact } of await invitationsUnderOtherKeys(office, envelope.current, AT_ONCE)) {
    const anew = contactAnew(envelope, "operatorInvitations", id, contact!);
    if (anew) await replaceInvitationBox(office.primary, id, contact!, anew);
  }
}

/** The same whether or not the phone has an account. Throws when the SMS was not taken, for it to come again. */
async function tell({ office, envelope, sms, clock }: InvitationCarryParts, { subject, at }: OfficeEvent): Promise<void> {
  const found = await invitationById(office, subject);
  if (!found?.contact) return;
  const { phone, locale } = openContact(envelope, "operatorInvitations", found.id, found.contact);
  const sent = await sms.send({ to: phone, message: text(locale, "sms.invited") });
  if (!sent.ok && clock() < at + TELLING) throw new Error(`somebody invited was not told: ${sent.reason}`);
}
