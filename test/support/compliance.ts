/** Operators of whom it is known what the test says, in a real office. */
import type { UsagePeriod } from "../../src/domains/analytics/model.ts";
import type { EvidenceParts } from "../../src/domains/compliance/standing/evidence.ts";
import type { Standing, Terms } from "../../src/domains/compliance/standing/model.ts";
import { USUAL } from "../../src/domains/compliance/standing/model.ts";
import { PURPOSES } from "../../src/check/question.ts";
import { putOperators } from "../../src/domains/operators/office/store.ts";
import { DAY } from "../../src/kernel/clock.ts";
import { random } from "../../src/objects/shell.ts";
import { NOTHING_TOLD } from "./api.ts";
import type { Office } from "../../src/office/database.ts";

/** The day after October's grace is over. */
export const NOW = Date.parse("2026-11-10T07:00:00Z");

const nothing = Object.fromEntries(PURPOSES.map((purpose) => [purpose, { clear: null, found: null }])) as UsagePeriod["purposes"];

/** A day as the operator's object tells it. */
export const aDay = (purposes: Partial<UsagePeriod["purposes"]>, over: Partial<UsagePeriod> = {}): UsagePeriod =>
  ({ from: 0, purposes: { ...nothing, ...purposes }, batchesLost: 0, answersDropped: 0, stale: { asked: 100, retired: 0 }, ...over });

export const SILENT: UsagePeriod = { from: 0, purposes: nothing, batchesLost: null, answersDropped: null, stale: null };

export const STANDING: Standing = {
  events: 4, received: { count: 4, lateCount: 1 }, handled: { lateCount: 0 },
  acknowledged: {
    byState: {
      session_ended: { count: 2, lateCount: 0 }, account_closed: { count: 2, lateCount: 1 }, marketing_removed: { count: 0, lateCount: 0 }, balance_returned: { count: 0, lateCount: 0 },
    },
  },
};

/** What is known of each operator, and what the jobs and routes on compliance work with. */
export class Known {
  now = NOW;
  terms: Terms = USUAL;
  readonly days = new Map<string, UsagePeriod[]>();
  readonly standings = new Map<string, Standing>();
  /** Operators whose objects do not answer. */
  readonly away = new Set<string>();
  readonly asked: string[] = [];
  readonly failures: unknown[] = [];
  told = 0;

  #of<T>(operator: string, known: T): T {
    this.asked.push(operator);
    if (this.away.has(operator)) throw new Error(`${operator} does not answer`);
    return known;
  }

  parts(office: Office) {
    const usage: EvidenceParts["usage"] = (operator) => ({ usage: async () => this.#of(operator, this.days.get(operator) ?? []), keysUsed: async () => ({}) });
    const standings = async (operator: string) => this.standings.get(operator) ?? NOTHING_TOLD;
    const common = { office, terms: this.terms, clock: () => this.now, random };
    return {
      compliance: { ...common, usage, standings, licensedDays: async () => null },
      violations: () => ({ ...common, filled: () => void this.told++ }),
      jobs: { ...common, usage, standings, licensedDays: async () => null, report: (error: unknown) => void this.failures.push(error) },
    };
  }
}

export const enrol = (office: Office, ...ids: string[]) =>
  putOperators(office.primary, ids.map((id) => ({ id, name: `Operator ${id}`, state: "active" as const, requiredKinds: [], enrolledAt: NOW - 200 * DAY, declaredCustomers: 0, licensedUntil: null, generation: 1 })));
