import type { Actor } from "../../../kernel/actor.ts";
import type { Clock, Instant, Random } from "../../../kernel/clock.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import { nameOf } from "../../../office/columns.ts";
import { type Change, type Command, commit, type CommitRefusal, once } from "../../../office/commit.ts";
import type { Result } from "../../../kernel/result.ts";
import { type EvidenceParts, gather } from "../standing/evidence.ts";
import { findingsOf } from "../standing/formulas.ts";
import type { Days, Finding, Score, Terms } from "../standing/model.ts";
import { daysOfMonth, monthsToReport } from "../standing/period.ts";
import { scoreOf } from "../standing/score.ts";
import { insertReport, newestEdition, reportOf, type StoredReport } from "./store.ts";

export interface ComputeParts extends EvidenceParts {
  terms: Terms;
  clock: Clock;
  random: Random;
}

export interface Scored extends Score {
  findings: Finding[];
}

/** What is known of an operator and these days as it is now, and what it comes to. Writes nothing. */
export async function score(parts: ComputeParts, operator: string, days: Days): Promise<Scored> {
  const findings = findingsOf(await gather(parts, operator, days));
  return { findings, ...scoreOf(findings, parts.terms.leastPart) };
}

interface Asked {
  operator: string;
  month: string;
  edition: number;
  reason: string | null;
}

async function changeOf(parts: ComputeParts, actor: Actor, { operator, month, edition, reason }: Asked, now: Instant): Promise<Change<{ id: string }>> {
  const { findings, score: of100, part } = await score(parts, operator, daysOfMonth(month));
  const id = uuidv7(now, parts.random);
  const tenths = of100 === null ? null : Math.round(of100 * 10);
  const row: StoredReport = { id, operator, month, edition, computedAt: now, computedBy: nameOf(actor), reason, tenths, part, leastPart: parts.terms.leastPart, findings };
  const payload = { month, edition, tenths, part, ...(reason !== null && { reason }) };
  return { actor, rows: [insertReport(parts.office.primary, row)], audit: { action: "compliance-report.computed", resource: `operator/${operator}`, payload: { report: id, ...payload } }, answer: { id } };
}

/** The first report of a month. One that is there already stays as it is. Throws when not all evidence could be asked for. */
export async function report(parts: ComputeParts, actor: Actor, operator: string, month: string): Promise<void> {
  const now = parts.clock();
  const done = await commit(parts.office, await changeOf(parts, actor, { operator, month, edition: 1, reason: null }, now), { now, random: parts.random });
  if (!done.ok && done.refusal !== "duplicate") throw new Error(`a report was not kept: ${done.refusal}`);
}

/** `not-over`: the month is not over, its grace is not, or what it would rest on is not kept any more. */
export type AnewRefusal = CommitRefusal | { refusal: "unknown" | "not-over" };

/** A report of a month beside those there are, from what is known now. */
export async function reportAnew(
  parts: ComputeParts, actor: Actor, command: Command, { operator, month, reason }: { operator: string; month: string; reason: string },
): Promise<Result<{ report: StoredReport }, AnewRefusal>> {
  const now = parts.clock();
  const done = await once<{ id: string }, { ok: false; refusal: "unknown" | "not-over" }>(parts.office, command, { now, random: parts.random }, async () => {
    if (!monthsToReport(now, parts.terms.graceDays).includes(month)) return { ok: false, refusal: "not-over" };
    const newest = await newestEdition(parts.office, operator, month);
    if (newest === 0) return { ok: false, refusal: "unknown" };
    return changeOf(parts, actor, { operator, month, edition: newest + 1, reason }, now);
  });
  return done.ok ? { ok: true, report: (await reportOf({ ...parts.office, nearest: parts.office.primary }, operator, done.answer.id))! } : done;
}
