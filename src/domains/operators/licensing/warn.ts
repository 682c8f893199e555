import { formatDate, text } from "../../../i18n/index.ts";
import { systemActor } from "../../../kernel/actor.ts";
import { DAY } from "../../../kernel/clock.ts";
import { commit } from "../../../office/commit.ts";
import { drainEvents, type OfficeEvent } from "../../../office/drain.ts";
import { administratorsOf } from "../../users/index.ts";
import type { WarningParts } from "./parts.ts";
import { warningSpans } from "./rules.ts";
import { insertWarning, licencesToWarn, licenceToDecide, type StoredLicence } from "./store.ts";

/** An administrator of an operator is to be told that its licence ends. */
const WARNED = "licence.expiry-warned";

const ITSELF = systemActor("licences");
const AT_ONCE = 500;
/** Whoever cannot be reached for so long is not told: it stands on their page. */
const TELLING = DAY / 2;

/** Each minute: whoever's licence ends in 90, 30, 7 or 1 days is warned, once of each; and who is to be told is told. */
export async function sweepWarnings(parts: WarningParts): Promise<void> {
  const { office, clock, report } = parts;
  for (const span of warningSpans(clock())) {
    for (const licence of await licencesToWarn(office, span, AT_ONCE)) await warn(parts, licence, span.days).catch(report);
  }
  await drainEvents({ office, report, handlers: { [WARNED]: (event) => tell(parts, event) } });
}

/** Two sweeps at once warn once: the row is there. */
async function warn({ office, clock, random }: WarningParts, { id, operator, number, expiresAt }: StoredLicence, days: number): Promise<void> {
  const now = clock();
  const administrators = await administratorsOf(office, operator);
  await commit(office, {
    actor: ITSELF,
    rows: [insertWarning(office.primary, { licenceId: id, expiresAt, days, at: now })],
    audit: { action: "licence.expiry-warned", resource: `operator/${operator}`, payload: { number, days, expiresAt } },
    events: administrators.map((one) => ({ topic: WARNED, subject: one.id, payload: { operator, expiresAt } })),
    answer: {},
  }, { now, random });
}

/** Nobody is told of an end that was moved meanwhile, nor whoever is no administrator any more. Throws when the SMS was not taken, for it to come again. */
async function tell({ office, accounts, sms, clock }: WarningParts, { subject, payload, at }: OfficeEvent): Promise<void> {
  const { operator, expiresAt } = payload as { operator: string; expiresAt: number };
  const licence = await licenceToDecide(office, operator);
  const administrator = (await administratorsOf(office, operator)).find(({ id }) => id === subject);
  const phone = administrator && accounts.profileOf(administrator)?.phone;
  if (!phone || licence?.expiresAt !== expiresAt) return;
  const message = text("en", "sms.licence-expires", { number: licence.number, date: formatDate("en", expiresAt) });
  const sent = await sms.send({ to: phone, message });
  if (!sent.ok && clock() < at + TELLING) throw new Error(`an administrator was not told that a licence ends: ${sent.reason}`);
}
