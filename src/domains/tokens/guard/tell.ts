import type { Instant } from "../../../kernel/clock.ts";
import type { ObjectDatabase } from "../../../objects/database.ts";
import type { CanaryMeeting, Quarantine } from "./model.ts";
import { dropMeeting, markTold, meetings, untoldQuarantines } from "./store.ts";

/** The office's half: takes each row once by its id, however often it is told. */
export interface TellOffice {
  quarantine(operator: string, quarantine: Quarantine): Promise<void>;
  meetings(operator: string, met: readonly CanaryMeeting[]): Promise<void>;
}

const AT_ONCE = 100;

/** Tells the office what it does not have yet. Throws while it is away; what was told stays so. Answers when to come again. */
export async function tell(database: ObjectDatabase, office: TellOffice, operator: string, now: Instant): Promise<Instant | null> {
  for (const quarantine of untoldQuarantines(database)) {
    await office.quarantine(operator, quarantine);
    markTold(database, quarantine.id);
  }
  const met = meetings(database, AT_ONCE);
  if (met.length === 0) return null;
  await office.meetings(operator, met);
  for (const { id } of met) dropMeeting(database, id);
  return met.length === AT_ONCE ? now : null;
}
