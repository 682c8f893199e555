import type { SmsSender } from "../../../adapters/sms/port.ts";
import { text } from "../../../i18n/index.ts";
import { type Clock, HOUR, type Instant } from "../../../kernel/clock.ts";
import type { Change } from "../../../office/commit.ts";
import type { Office } from "../../../office/database.ts";
import { drainEvents, type OfficeEvent } from "../../../office/drain.ts";
import type { Accounts } from "../../users/index.ts";
import type { ViolationState } from "./model.ts";
import { administratorsOf, type StoredViolation, sealedUser } from "./store.ts";

/** The other side is to be told by SMS that a step was taken. */
const TOLD = "violation.told";

/** Whoever cannot be reached for so long is not told: it stands on their page. */
const TELLING = HOUR;

export interface TellParts {
  office: Office;
  accounts: Pick<Accounts, "profileOf">;
  sms: SmsSender;
  clock: Clock;
}

const OPERATORS: readonly ViolationState[] = ["responded", "remedied"];

/** What of a step that was taken is to be told. */
export const telling = ({ id, operator, accuser }: StoredViolation, state: ViolationState): NonNullable<Change<object>["events"]> =>
  [{ topic: TOLD, subject: id, payload: OPERATORS.includes(state) ? { officer: accuser! } : { operator } }];

/** Tells who is to be told, right after a step and each minute; what could not be told comes again. */
export const tellViolations = (parts: TellParts, report: (error: unknown) => void): Promise<void> =>
  drainEvents({ office: parts.office, report, handlers: { [TOLD]: (event) => tell(parts, event) } });

/** Everybody with a phone; throws when one of them was not told, and then all are told again. */
async function tell({ office, accounts, sms, clock }: TellParts, { payload, at }: OfficeEvent): Promise<void> {
  const { officer, operator } = payload as { officer?: string; operator?: string };
  const told = officer === undefined ? await administratorsOf(office, operator!) : await sealedUser(office, officer.slice("user:".length));
  for (const sealed of told) {
    const phone = accounts.profileOf(sealed)?.phone ?? null;
    if (phone === null) continue;
    const sent = await sms.send({ to: phone, message: text("en", officer === undefined ? "sms.violation" : "sms.violation-answered") });
    if (!sent.ok && isInTime(at, clock())) throw new Error(`a step of a violation was not told: ${sent.reason}`);
  }
}

const isInTime = (at: Instant, now: Instant): boolean => now < at + TELLING;
