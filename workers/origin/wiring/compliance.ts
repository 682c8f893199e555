import { proposeViolations } from "../../../src/domains/compliance/violations/propose.ts";
import { keepReports } from "../../../src/domains/compliance/reports/keep.ts";
import type { ReportRouteParts } from "../../../src/domains/compliance/reports/routes.ts";
import type { Standings } from "../../../src/domains/compliance/standing/model.ts";
import { tellViolations } from "../../../src/domains/compliance/violations/tell.ts";
import type { ViolationRouteParts } from "../../../src/domains/compliance/violations/routes.ts";
import type { Ground } from "./ground.ts";
import { failing } from "./report.ts";

const notReported = failing("an operator's compliance was not reported, or a violation not proposed");
const notTold = failing("a step of a violation was not told");

/** Nobody can say yet how operators take what they are told. */
const standings: Standings = { standing: async () => null, overdue: async () => null };

/** What the API's routes, the pages and the jobs on compliance need. */
export function complianceOf({ office, usage, settings, accounts, sms, clock, random }: Ground) {
  const common = { office, terms: settings.COMPLIANCE, clock, random };
  const compliance: ReportRouteParts["compliance"] = { ...common, usage, standings, licensedDays: async () => null };
  const tell = (): Promise<void> => tellViolations({ office, accounts, sms, clock }, notTold).catch(notTold);
  const violations: ViolationRouteParts["violations"] = (afterwards) => ({ ...common, filled: () => afterwards(tell()) });
  return {
    compliance, violations,
    /** Each minute. */
    sweep: (): Promise<unknown> =>
      Promise.all([
        keepReports({ ...compliance, report: notReported }).catch(notReported),
        proposeViolations({ ...common, standings, report: notReported }).catch(notReported),
        tell(),
      ]),
  };
}
