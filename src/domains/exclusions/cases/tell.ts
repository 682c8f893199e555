import { text } from "../../../i18n/index.ts";
import { HOUR, type Instant } from "../../../kernel/clock.ts";
import type { Change } from "../../../office/commit.ts";
import type { OfficeEvent } from "../../../office/drain.ts";
import { CaseSeal } from "./boxes.ts";
import type { CaseParts } from "./parts.ts";
import { caseById, partiesOf, type StoredCase, type StoredParty } from "./store.ts";

/** A party is to be told by SMS that there is something on their page. */
export const TOLD = "case.told";

/** `heard`: they can answer. `decided`; `appealed`: by the other side. What it is stands on the page alone. */
export type Tiding = "heard" | "decided" | "appealed";

type Events = NonNullable<Change<object>["events"]>;

/** Whoever cannot be reached for so long is not told: it stands on their page. */
const TELLING = HOUR;

const event = (caseId: string, partyId: string, tiding: Tiding): Events[number] => ({ topic: TOLD, subject: caseId, payload: { partyId, tiding } });

/** What parties who have not withdrawn are to be told of. */
export async function tellingParties({ office }: Pick<CaseParts, "office">, { id }: StoredCase, tiding: Tiding, which: (party: StoredParty) => boolean): Promise<Events> {
  const parties = await partiesOf(office, id);
  return parties.filter((party) => party.withdrawnAt === null && which(party)).map((party) => event(id, party.id, tiding));
}

/** Whom it is about hears the end of what they had heard of. */
export const tellingSubject = async (parts: Pick<CaseParts, "office">, found: StoredCase): Promise<Events> =>
  found.hearingUntil === null ? [] : tellingParties(parts, found, "decided", ({ role }) => role === "subject");

/** Throws when the SMS was not taken, for it to come again. */
export async function tell({ office, envelope, sms, random, clock }: CaseParts, { subject, payload, at }: OfficeEvent): Promise<void> {
  const { partyId, tiding } = payload as { partyId: string; tiding: Tiding };
  const found = await caseById(office, subject);
  const party = (await partiesOf(office, subject)).find(({ id }) => id === partyId);
  const seal = found && CaseSeal.of(envelope, found, random);
  if (!seal || !party?.box) return;
  const { phone, locale } = seal.open("caseParties", party.id, party.box);
  if (phone === null) return;
  const sent = await sms.send({ to: phone, message: text(locale, `sms.case-${tiding}`, { reference: party.reference }) });
  if (!sent.ok && isInTime(at, clock())) throw new Error(`a party was not told: ${sent.reason}`);
}

const isInTime = (at: Instant, now: Instant): boolean => now < at + TELLING;
