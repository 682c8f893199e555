import { drainEvents } from "../../../office/drain.ts";
import { nairobiDay } from "../../../kernel/periods.ts";
import { DAY, type Instant, MINUTE } from "../../../kernel/clock.ts";
import { carryOutWaiting, ERASE, ERASE_EXTRAS, TOLD } from "./erasure.ts";
import { REGISTER_ITSELF, type RightsParts } from "./parts.ts";
import { overdue } from "./store.ts";

type Report = (message: string, facts: Record<string, string | number>) => void;

/** Tells each vault what concerns it: right after a commit, and each minute. */
export const tellPersons = ({ office, person }: Pick<RightsParts, "office" | "person">, report: (error: unknown) => void): Promise<void> =>
  drainEvents({
    office,
    report,
    handlers: {
      [TOLD]: ({ subject, ...event }) => person(subject).tell(event),
      [ERASE_EXTRAS]: ({ subject }) => person(subject).eraseExtras(REGISTER_ITSELF),
      [ERASE]: ({ subject }) => person(subject).erase(),
    },
  });

/** What each minute's cron does for requests: what was left behind, what may go now, and once a day a word of those that are overdue. */
export async function sweepRequests(parts: RightsParts, failed: (error: unknown) => void, report: Report): Promise<void> {
  await carryOutWaiting(parts, failed);
  await tellPersons(parts, failed);
  if (isMinuteOfReport(parts.clock())) await reportOverdue(parts, report);
}

/** The first minute of the day in Nairobi. */
const isMinuteOfReport = (now: Instant): boolean => now - (nairobiDay(now).endsAt - DAY) < MINUTE;

async function reportOverdue({ office, clock }: RightsParts, report: Report): Promise<void> {
  const late = await overdue(office, clock());
  if (late.length > 0) report("data requests are overdue", { "requests.overdue": late.length, "requests.oldestDueAt": new Date(late[0]!.dueAt).toISOString() });
}
