import { systemActor } from "../../../kernel/actor.ts";
import type { Clock, Random } from "../../../kernel/clock.ts";
import { commit, copyRows } from "../../../office/commit.ts";
import type { Office } from "../../../office/database.ts";
import { drainEvents, type OfficeEvent } from "../../../office/drain.ts";
import type { Lateness } from "../acknowledgements/model.ts";
import type { AcknowledgementsApi } from "../acknowledgements/rpc.ts";
import { askEach, type AskingTerms } from "./ask.ts";
import { type OpenLapse, stepsOf } from "./rules.ts";
import { insertLapse, moveLapse, openLapses, operatorsByName } from "./store.ts";

export interface SweepParts {
  office: Office;
  feed: (operator: string) => Pick<AcknowledgementsApi, "overdue">;
  asking: AskingTerms;
  /** The alarm line of each lapse that began, and of feeds that did not answer. */
  alarm: (message: string, facts: Record<string, string | number>) => void;
  report: (error: unknown) => void;
  clock: Clock;
  random: Random;
}

const BY = systemActor("propagation");
/** An operator fell behind; who watches the log has yet to be told. */
const OVERDUE = "propagation.overdue";

/**
 * Each minute: what operators are late with becomes one open lapse a kind, with an entry in the audit and an alarm line, and is closed when they caught up. Any
 * number may do this at once and be stopped anywhere: nothing is begun twice, and no alarm is lost. An operator whose feed does not answer stays as it was.
 */
export async function sweepPropagation(parts: SweepParts): Promise<void> {
  const operators = await operatorsByName(parts.office.primary);
  const answers = await askEach(operators, ({ id }) => parts.feed(id).overdue(), parts.asking);
  for (const [place, late] of answers.entries()) if (late) await follow(parts, operators[place]!.id, late);
  const silent = answers.filter((answer) => answer === null).length;
  if (silent > 0) parts.alarm("operators' feeds did not say whether they are behind", { "operators.unknown": silent });
  await drainEvents({ office: parts.office, report: parts.report, handlers: { [OVERDUE]: async (event) => raise(parts, event) } });
}

const raise = ({ alarm }: SweepParts, { subject, payload }: OfficeEvent): void =>
  alarm("an operator is behind with exclusions", { operator: subject, ...(payload as Record<string, string | number>) });

async function follow(parts: SweepParts, operator: string, late: readonly Lateness[]): Promise<void> {
  const { begun, goingOn, over } = stepsOf(await openLapses(parts.office, operator), late);
  for (const one of begun) await begin(parts, operator, one);
  for (const { lapse, now } of goingOn) await goOn(parts, lapse, now);
  for (const lapse of over) await close(parts, operator, lapse);
}

/** A second one of a kind is the unique index's to refuse. */
async function begin({ office, clock, random }: SweepParts, operator: string, late: Lateness): Promise<void> {
  const now = clock();
  const payload = { kind: late.kind, count: late.count, since: new Date(late.since).toISOString() };
  await commit(office, {
    actor: BY, rows: [insertLapse(office.primary, operator, late, BY, now, random)], answer: {},
    audit: { action: OVERDUE, resource: `operator/${operator}`, payload }, events: [{ topic: OVERDUE, subject: operator, payload }],
  }, { now, random });
}

/** How many it is of now, and that it was looked at, is nobody's act: it is copied without an entry. */
async function goOn({ office, clock }: SweepParts, lapse: OpenLapse, { count, since }: Lateness): Promise<void> {
  const now = clock();
  const set = { count, most: Math.max(count, lapse.most), since: Math.min(since, lapse.since), seenAt: now };
  await copyRows(office, [{ exactlyOne: moveLapse(office.primary, lapse, set, BY, now) }]);
}

/** Of two that close it one does. */
async function close({ office, clock, random }: SweepParts, operator: string, lapse: OpenLapse): Promise<void> {
  const now = clock();
  const set = { state: "caught-up" as const, count: 0, seenAt: now, caughtUpAt: now };
  const payload = { kind: lapse.kind, most: lapse.most, since: new Date(lapse.since).toISOString() };
  await commit(office, {
    actor: BY, rows: [{ exactlyOne: moveLapse(office.primary, lapse, set, BY, now) }], answer: {},
    audit: { action: "propagation.caught-up", resource: `operator/${operator}`, payload },
  }, { now, random });
}
