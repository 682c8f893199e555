import * as reports from "../../../src/domains/compliance/reports/store.ts";
import * as standing from "../../../src/domains/compliance/standing/store.ts";
import * as violations from "../../../src/domains/compliance/violations/store.ts";
import { actor, eachWay, id, now, PLACE, type Query, user } from "./asked.ts";

const report: reports.StoredReport = {
  id: id(), operator: "op", month: "2026-10", edition: 1, computedAt: now, computedBy: "system:test", reason: null, tenths: null, part: 0, leastPart: 0.5, findings: [],
};
const run: reports.StoredRun = { id: id(), month: "2026-10", startedAt: now, finishedAt: null, reached: "", processed: 0, failed: 0 };
const violation: violations.StoredViolation = {
  ...user, id: id(), operator: "op", state: "proposed", rule: "by-hand", subject: null, figures: {}, grounds: "g", accuser: "user:u", notifiedAt: null, respondUntil: null, response: null,
  respondedAt: null, respondedBy: null, decision: null, decidedAt: null, decidedBy: null, remedy: null, remediedAt: null, remediedBy: null, closing: null, closedAt: null, closedBy: null,
};
const reportsIn = (filter: reports.ReportFilter, index: string) =>
  eachWay("compliance/reports", "reportsBy", reports.BY_TIME, PLACE, (office, page) => reports.reportsBy(office, filter, page), [index]);
const violationsIn = (filter: violations.ViolationFilter, index: string) =>
  eachWay("compliance/violations", "violationsBy", violations.BY_OPENING, PLACE, (office, page) => violations.violationsBy(office, filter, page), [index]);

export const COMPLIANCE: readonly Query[] = [
  ["compliance/standing", "canariesMet", (office) => standing.canariesMet(office, "op", 1, now), ["canaryAlarms_of_operator"], "an operator's meetings within a period are few"],
  ["compliance/standing", "keysBefore", (office) => standing.keysBefore(office, "op", now), ["operatorKeys_of_operator"]],
  ["compliance/standing", "operatorNamed", (office) => standing.operatorNamed(office, "op"), ["operators.primaryKey"]],
  ["compliance/standing", "operatorsByName", (office) => standing.operatorsByName(office), ["operators_by_name"]],
  ["compliance/reports", "newestOf", (office) => reports.newestOf(office, ["op", "other"]), ["complianceReports_of_operator", "complianceReports_once_an_edition"]],
  ...reportsIn({}, "complianceReports_by_time"),
  ...reportsIn({ month: "2026-10" }, "complianceReports_of_month"),
  ...reportsIn({ operator: "op" }, "complianceReports_of_operator"),
  ...reportsIn({ operator: "op", month: "2026-10" }, "complianceReports_of_operator"),
  ["compliance/reports", "reportOf", (office) => reports.reportOf(office, "op", id()), ["complianceReports.primaryKey"]],
  ["compliance/reports", "newestEdition", (office) => reports.newestEdition(office, "op", "2026-10"), ["complianceReports_once_an_edition"]],
  ["compliance/reports", "insertReport", ({ primary }) => reports.insertReport(primary, report), []],
  ["compliance/reports", "withoutReport", (office) => reports.withoutReport(office, "2026-10", now, "op", 10), ["complianceReports_once_an_edition", "operators.primaryKey"]],
  ["compliance/reports", "lastRun", (office) => reports.lastRun(office, "2026-10"), ["complianceRuns_of_month"]],
  ["compliance/reports", "insertRun", ({ primary }) => reports.insertRun(primary, run), []],
  ["compliance/reports", "finishRun", ({ primary }) => reports.finishRun(primary, "r", { finishedAt: now }), ["complianceRuns.primaryKey"]],
  ["compliance/reports", "dropRuns", ({ primary }) => reports.dropRuns(primary, id()), ["complianceRuns.primaryKey"]],
  ...violationsIn({}, "violations_by_time"),
  ...violationsIn({ state: "proposed" }, "violations_of_state"),
  ...violationsIn({ operator: "op" }, "violations_of_operator"),
  ...violationsIn({ operator: "op", state: "notified", notified: true }, "violations_of_operator"),
  ["compliance/violations", "violationById", (office) => violations.violationById(office, id()), ["violations.primaryKey"]],
  ["compliance/violations", "violationOf", (office) => violations.violationOf(office, "op", id()), ["violations.primaryKey"]],
  ["compliance/violations", "insertViolation", ({ primary }) => violations.insertViolation(primary, violation), []],
  ["compliance/violations", "updateViolation", ({ primary }) => violations.updateViolation(primary, violation, { state: "notified" }, actor, now).exactlyOne, ["violations.primaryKey"]],
  ["compliance/violations", "unproposedCanaries", (office) => violations.unproposedCanaries(office, 1, 10), ["canaryAlarms_by_time", "violations_once_a_subject"]],
  ["compliance/violations", "unproposedLapses", (office) => violations.unproposedLapses(office, { received: 1, others: 2 }, 10), ["propagationLapses_of_state", "violations_once_a_subject"]],
  ["compliance/violations", "administratorsOf", (office) => violations.administratorsOf(office, "op"), ["roleAssignments_by_role", "users.primaryKey"]],
  ["compliance/violations", "sealedUser", (office) => violations.sealedUser(office, id()), ["users.primaryKey"]],
];
