import { within } from "../../../src/check/regions.ts";
import { spanOf } from "../../../src/domains/compliance/standing/period.ts";
import { proposeViolations } from "../../../src/domains/compliance/violations/propose.ts";
import { keepReports } from "../../../src/domains/compliance/reports/keep.ts";
import type { ReportRouteParts } from "../../../src/domains/compliance/reports/routes.ts";
import type { Standings } from "../../../src/domains/compliance/standing/model.ts";
import { tellViolations } from "../../../src/domains/compliance/violations/tell.ts";
import type { ViolationRouteParts } from "../../../src/domains/compliance/violations/routes.ts";
import { daysInForce, livesOf } from "../../../src/domains/operators/licensing/index.ts";
import type { Ground } from "./ground.ts";
import { failing } from "./report.ts";

const notReported = failing("an operator's compliance was not reported, or a violation not proposed");
const notTold = failing("a step of a violation was not told");

const DEADLINE_MS = 5_000;

/** One object that does not answer must not keep an operator's turn for ever. */
const soon = <Answer>(asked: Promise<Answer>): Promise<Answer> => within(asked, DEADLINE_MS, (ms) => scheduler.wait(ms));

/** What the API's routes, the pages and the jobs on compliance need. */
export function complianceOf({ office, usage, feed, settings, accounts, sms, clock, random }: Ground) {
  const common = { office, terms: settings.COMPLIANCE, clock, random };
  const standings: Standings = (operator, from, to) => soon(feed(operator).standing(from, to));
  const licensedDays: ReportRouteParts["compliance"]["licensedDays"] = async (operator, days) => {
    const { from, to } = spanOf(days);
    return daysInForce(await livesOf(office, operator), from, to);
  };
  const counts: ReportRouteParts["compliance"]["usage"] = (operator) => ({
    usage: (question) => soon(usage(operator).usage(question)),
    keysUsed: () => soon(usage(operator).keysUsed()),
  });
  const compliance: ReportRouteParts["compliance"] = { ...common, usage: counts, standings, licensedDays };
  const tell = (): Promise<void> => tellViolations({ office, accounts, sms, clock }, notTold).catch(notTold);
  const violations: ViolationRouteParts["violations"] = (afterwards) => ({ ...common, filled: () => afterwards(tell()) });
  return {
    compliance, violations,
    /** Each minute. */
    sweep: (): Promise<unknown> =>
      Promise.all([
        keepReports({ ...compliance, report: notReported }).catch(notReported),
        proposeViolations({ ...common, report: notReported }).catch(notReported),
        tell(),
      ]),
  };
}
