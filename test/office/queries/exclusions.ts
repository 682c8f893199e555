import * as desk from "../../../src/domains/exclusions/desk/store.ts";
import * as cases from "../../../src/domains/exclusions/cases/store.ts";
import * as listedExclusions from "../../../src/domains/exclusions/office/store.ts";
import * as statistics from "../../../src/domains/exclusions/statistics/store.ts";
import * as links from "../../../src/domains/exclusions/links/store.ts";
import type { Office } from "../../../src/office/database.ts";
import { UNTOUCHED } from "../../support/exclusions.ts";
import { actor, BY_GENERATION, eachWay, id, now, origin, PLACE, type Query, user } from "./asked.ts";

const looked = { id: id(), name: "n", at: now, by: "user:u", reason: "r" };
const progress = { version: 1, logId: "log", position: 1, generation: 1, wholeGeneration: 1, asOf: now, movedAt: now };
const theCase: cases.StoredCase = {
  ...user, id: id(), reference: "CASE-1", kind: "family", state: "open", subjectKey: "s", personId: null, exclusionReference: null, grounds: [], voices: 1, askedUntil: null,
  operator: null, happenedOn: null, checks: [], verdict: null, dueAt: now, hearingUntil: null, notice: null, measureUntil: null, imposedAs: null, proposedAct: null,
  proposedReason: null, proposedBy: null, proposedAt: null, proposedUntil: null, decision: null, decidedAt: null, appealUntil: null, closedAt: null, erasedAt: null,
  dataKey: new Uint8Array(1), keyId: "1",
};
const ofCase = { id: id(), caseId: theCase.id };
const party: cases.StoredParty = {
  ...user, ...ofCase, reference: "CASE-2", role: "requester", phoneKey: "k", grounds: [], foundFalseAt: null, withdrawnAt: null, box: null,
};
const statement = { ...ofCase, partyId: party.id, kind: "request", at: now, box: null } as const;
const caseStep = { caseId: theCase.id, number: 1, event: "filed", at: now, by: "system:test", act: null, reason: null } as const;
const caseDecision: cases.StoredDecision = {
  ...ofCase, act: "grant", until: null, reason: "r", secondReason: null, proposedBy: "user:1", secondedBy: null, decidedAt: now, carriedOutAt: null, refusal: null,
};
const file = { ...ofCase, partyId: null, digest: "d", bytes: 1, type: "image/png", addedAt: now, addedBy: "system:test", name: null } as const;
const exclusion = {
  id: id(), reference: "NSER-1", personId: "p", state: "active", policy: "6m", policyVersion: 1, endMode: "automatic", channel: "web", startedAt: now,
  endsAt: null, ...UNTOUCHED, generation: 1,
} as const;
const exclusions = (filter: listedExclusions.ExclusionFilter, index: string) =>
  eachWay("exclusions/office", "exclusionsPage", listedExclusions.BY_START, PLACE, ({ primary }, page) => listedExclusions.exclusionsPage(primary, filter, page), [index]);
const FIRST_OPEN = "its index holds those that are not over alone, so that the walk ends where its limit does";
const casesIn = (filter: cases.CaseQuery, index: string, despite?: string) =>
  eachWay("exclusions/cases", "casesBy", cases.BY_URGENCY, PLACE, (office, page) => cases.casesBy(office, filter, page), [index], despite);
const CASE_WRITES: [name: string, ask: (office: Office) => unknown, uses: readonly string[]][] = [
  ["insertCase", ({ primary }) => cases.insertCase(primary, theCase), []],
  ["insertParty", ({ primary }) => cases.insertParty(primary, party), []],
  ["insertStatement", ({ primary }) => cases.insertStatement(primary, statement), []],
  ["insertStep", ({ primary }) => cases.insertStep(primary, caseStep), []],
  ["insertDecision", ({ primary }) => cases.insertDecision(primary, caseDecision), []],
  ["insertEvidence", ({ primary }) => cases.insertEvidence(primary, file), []],
  ["updateCase", ({ primary }) => cases.updateCase(primary, theCase, { voices: 2 }, actor, now).exactlyOne, ["cases.primaryKey"]],
  ["updateParty", ({ primary }) => cases.updateParty(primary, party, { withdrawnAt: now }, actor, now).exactlyOne, ["caseParties.primaryKey"]],
  ["updateDecision", ({ primary }) => cases.updateDecision(primary, caseDecision.id, { carriedOutAt: now }).exactlyOne, ["caseDecisions.primaryKey"]],
  ["replaceCaseKey", ({ primary }) => cases.replaceCaseKey(primary, theCase.id, new Uint8Array(1), { dataKey: new Uint8Array(2), keyId: "2" }), ["cases.primaryKey"]],
  ["emptyParts", ({ primary }) => cases.emptyParts(primary, theCase.id), ["caseEvidence_once_a_case", "caseParties_of_case", "caseStatements_of_case"]],
];
const counted = { version: 1, generation: 1, position: 1, recountFrom: null, asOf: now };
const SPAN = { from: 1, until: now };
const SOME_DAYS = { from: "2026-11-01", to: "2026-11-30" };
const DAY_KEYS = ["exclusionStatistics.primaryKey", "exclusionWaits.primaryKey", "exclusionsInForce.primaryKey"];
const OF_DAYS = "adds up a few rows a day, not one for each exclusion";

export const EXCLUSIONS: readonly Query[] = [
  ["exclusions/links", "lookedAmong", (office) => links.lookedAmong(office, ["n"]), ["lookedAtCrossReferences_by_name"]],
  ["exclusions/links", "insertLooked", ({ primary }) => links.insertLooked(primary, looked), []],
  ["exclusions/links", "accountsWith", (office) => links.accountsWith(office, ["k"]), ["users_by_phone"]],
  ["exclusions/links", "devicesOf", (office) => links.devicesOf(office, ["u"]), ["devices_by_hash"]],
  ["exclusions/links", "devicesBeside", (office) => links.devicesBeside(office, ["h"], ["u"]), ["devices_of_browser", "users.primaryKey"]],
  ...casesIn({}, "cases_not_over_by_urgency", FIRST_OPEN),
  ...casesIn({ kind: "family" }, "cases_not_over_by_urgency", FIRST_OPEN),
  ...casesIn({ overdueAt: now }, "cases_not_over_by_urgency"),
  ...casesIn({ state: "open" }, "cases_of_state"),
  ...casesIn({ state: "open", kind: "family" }, "cases_of_state_and_kind"),
  ...casesIn({ proposal: { whose: "mine", by: "user:1" } }, "cases_proposed", FIRST_OPEN),
  ...casesIn({ proposal: { whose: "others", by: "user:1" } }, "cases_proposed", FIRST_OPEN),
  ["exclusions/cases", "operatorNames", (office) => cases.operatorNames(office), ["operators_by_name"], "whoever complains chooses among all"],
  ["exclusions/cases", "caseByReference", (office) => cases.caseByReference(office, "CASE-1"), ["cases_by_reference"]],
  ["exclusions/cases", "caseById", (office) => cases.caseById(office, "c"), ["cases.primaryKey"]],
  ["exclusions/cases", "caseToJoin", (office) => cases.caseToJoin(office, "family", "s"), ["cases_one_about_somebody"]],
  ["exclusions/cases", "partsOfPhone", (office) => cases.partsOfPhone(office, "k"), ["caseParties_of_phone", "cases.primaryKey"]],
  ["exclusions/cases", "partByReference", (office) => cases.partByReference(office, "CASE-2"), ["caseParties_by_reference", "cases.primaryKey"]],
  ["exclusions/cases", "annulmentOf", (office) => cases.annulmentOf(office, "NSER-1"), ["caseParties_of_case", "cases_of_exclusion"]],
  ["exclusions/cases", "voiceOf", (office) => cases.voiceOf(office, "c", "k"), ["caseParties_one_voice"]],
  ["exclusions/cases", "partiesOf", (office) => cases.partiesOf(office, "c"), ["caseParties_of_case"]],
  ["exclusions/cases", "statementsOf", (office) => cases.statementsOf(office, "c"), ["caseStatements_of_case"]],
  ["exclusions/cases", "stepsOf", (office) => cases.stepsOf(office, "c"), ["caseSteps.primaryKey"]],
  ["exclusions/cases", "decisionsOf", (office) => cases.decisionsOf(office, "c"), ["caseDecisions_of_case"]],
  ["exclusions/cases", "decisionById", (office) => cases.decisionById(office, "d"), ["caseDecisions.primaryKey"]],
  ["exclusions/cases", "evidenceOf", (office) => cases.evidenceOf(office, "c"), ["caseEvidence_once_a_case"], "a case's few"],
  ["exclusions/cases", "filesOf", (office) => cases.filesOf(office, "c"), ["caseEvidence_once_a_case"], "a case's few"],
  ["exclusions/cases", "requestsSince", (office) => cases.requestsSince(office, "k", now), ["caseParties_of_phone", "cases.primaryKey"]],
  ["exclusions/cases", "isOperator", (office) => cases.isOperator(office, "op"), ["operators.primaryKey"]],
  ["exclusions/cases", "casesToClose", (office) => cases.casesToClose(office, now, 100), ["cases_to_close"]],
  ["exclusions/cases", "casesToErase", (office) => cases.casesToErase(office, now, 100), ["cases_to_erase"]],
  ["exclusions/cases", "casesUnderOtherKeys", (office) => cases.casesUnderOtherKeys(office, "1", 100), ["cases_by_key"]],
  ...CASE_WRITES.map(([name, ask, uses]): Query => ["exclusions/cases", name, ask, uses]),
  ["exclusions/office", "progressRow", ({ primary }) => listedExclusions.progressRow(primary), []],
  ["exclusions/office", "beginProgress", ({ primary }) => listedExclusions.beginProgress(primary, progress), []],
  ["exclusions/office", "moveProgress", ({ primary }) => listedExclusions.moveProgress(primary, progress, progress), []],
  ["exclusions/office", "forgetLog", ({ primary }) => listedExclusions.forgetLog(primary), []],
  ["exclusions/office", "readCopy", (office) => listedExclusions.readCopy(office, (database) => [listedExclusions.exclusionByReference(database, "r")]), ["exclusions_by_reference"]],
  ["exclusions/office", "putExclusions", ({ primary }) => listedExclusions.putExclusions(primary, [{ ...exclusion, identifiers: [] }]), ["exclusionChanges_of_exclusion"]],
  ["exclusions/office", "putChanges", ({ primary }) => listedExclusions.putChanges(primary, [{ ...origin, reference: "NSER-1" }]), []],
  ["exclusions/office", "dropOlder", ({ primary }) => listedExclusions.dropOlder(primary, 2), ["exclusionChanges_of_exclusion"], BY_GENERATION],
  ["exclusions/office", "dropPerson", ({ primary }) => listedExclusions.dropPerson(primary, "p"), ["exclusionChanges_of_exclusion", "exclusions_of_person"]],
  ...exclusions({}, "exclusions_by_start"),
  ...exclusions({ from: 1, to: now }, "exclusions_by_start"),
  ...exclusions({ personId: "p" }, "exclusions_of_person"),
  ...exclusions({ personId: "p", state: "active", policy: "6m", from: 1, to: now }, "exclusions_of_person"),
  ...exclusions({ state: "active" }, "exclusions_of_state"),
  ...exclusions({ policy: "6m" }, "exclusions_of_policy"),
  ...exclusions({ state: "active", policy: "6m" }, "exclusions_of_state_and_policy"),
  ...exclusions({ state: "active", policy: "6m", from: 1, to: now }, "exclusions_of_state_and_policy"),
  ["exclusions/statistics", "countedRow", ({ primary }) => statistics.countedRow(primary), []],
  ["exclusions/statistics", "beginCounted", ({ primary }) => statistics.beginCounted(primary, counted), []],
  ["exclusions/statistics", "moveCounted", ({ primary }) => statistics.moveCounted(primary, counted, counted), []],
  ["exclusions/statistics", "firstChangeFrom", ({ primary }) => statistics.firstChangeFrom(primary, now), ["exclusionChanges_by_time"]],
  ["exclusions/statistics", "changesBetween", ({ primary }) => statistics.changesBetween(primary, 1, 9, 50), ["exclusionChanges_by_position"]],
  ["exclusions/statistics", "changesWithin", ({ primary }) => statistics.changesWithin(primary, SPAN, null, 50), ["exclusionChanges_by_time"]],
  ["exclusions/statistics", "changesWithin", ({ primary }) => statistics.changesWithin(primary, SPAN, { at: now, id: "x" }, 50), ["exclusionChanges_by_time"]],
  ["exclusions/statistics", "historiesOf", ({ primary }) => statistics.historiesOf(primary, ["r", "s"]), ["exclusionChanges_of_exclusion"]],
  ["exclusions/statistics", "subjectsOf", ({ primary }) => statistics.subjectsOf(primary, ["r", "s"]), ["exclusions_by_reference"]],
  ["exclusions/statistics", "replaceDays", ({ primary }) => statistics.replaceDays(primary, SOME_DAYS, { counts: [], shifts: [], waited: [] }), DAY_KEYS],
  ["exclusions/statistics", "insertRun", ({ primary }) => statistics.insertRun(primary, { id: id(), startedAt: now }), []],
  ["exclusions/statistics", "finishRun", ({ primary }) => statistics.finishRun(primary, "r", { finishedAt: now, processed: 1, failed: 0 }), ["statisticsRuns.primaryKey"]],
  ["exclusions/statistics", "dropRuns", ({ primary }) => statistics.dropRuns(primary, "r"), ["statisticsRuns.primaryKey"]],
  ["exclusions/statistics", "lastRun", ({ primary }) => statistics.lastRun(primary), ["statisticsRuns.primaryKey"]],
  ["exclusions/statistics", "firstDay", ({ primary }) => statistics.firstDay(primary), ["exclusionsInForce.primaryKey"]],
  ["exclusions/statistics", "monthlyCounts", ({ primary }) => statistics.monthlyCounts(primary, "begun", "county", SOME_DAYS), ["exclusionStatistics.primaryKey"], OF_DAYS],
  ["exclusions/statistics", "dailyCounts", ({ primary }) => statistics.dailyCounts(primary, ["begun", "ended"], "county", SOME_DAYS), ["exclusionStatistics.primaryKey"]],
  ["exclusions/statistics", "sumsOf", ({ primary }) => statistics.sumsOf(primary, SOME_DAYS), ["exclusionStatistics.primaryKey"]],
  ["exclusions/statistics", "monthlyShifts", ({ primary }) => statistics.monthlyShifts(primary, "2026-11-30"), ["exclusionsInForce.primaryKey"], OF_DAYS],
  ["exclusions/statistics", "inForceBefore", ({ primary }) => statistics.inForceBefore(primary, "2026-11-01"), ["exclusionsInForce.primaryKey"], OF_DAYS],
  ["exclusions/statistics", "shiftsIn", ({ primary }) => statistics.shiftsIn(primary, SOME_DAYS), ["exclusionsInForce.primaryKey"]],
  ["exclusions/statistics", "waitsIn", ({ primary }) => statistics.waitsIn(primary, SOME_DAYS), ["exclusionWaits.primaryKey"], OF_DAYS],
  ["exclusions/statistics", "reachedEnds", ({ primary }) => statistics.reachedEnds(primary, SPAN), ["exclusions_by_promised_end"]],
  ["exclusions/statistics", "stalenessOf", ({ primary }) => statistics.stalenessOf(primary, now), ["replicaStaleness.primaryKey"]],
  ["exclusions/statistics", "putStaleness", ({ primary }) => statistics.putStaleness(primary, [{ hour: 0, replica: "weur/1", minutes: { 0: 300 }, samples: 1 }]), []],
  ["exclusions/statistics", "dropStaleness", ({ primary }) => statistics.dropStaleness(primary, now), ["replicaStaleness.primaryKey"]],
  ["exclusions/statistics", "stalenessIn", ({ primary }) => statistics.stalenessIn(primary, SPAN), ["replicaStaleness.primaryKey"]],
  ...exclusions({ origin: "family" }, "exclusions_of_origin"),
  ...exclusions({ origin: "self" }, "exclusions_of_origin"),
  ...exclusions({ origin: "court", state: "active", policy: "custom" }, "exclusions_of_origin"),
  ...exclusions({ origin: "self", state: "active" }, "exclusions_of_state"),
  ...exclusions({ personId: "p", origin: "self" }, "exclusions_of_person"),
  ["exclusions/office", "exclusionsByReferences", ({ primary }) => listedExclusions.exclusionsByReferences(primary, ["r", "s"]), ["exclusions_by_reference"]],
  ["exclusions/desk", "searchesSince", (office) => desk.searchesSince(office, actor, 1, 50), ["auditEntries_of_actor"]],
  ["exclusions/desk", "casesOfExclusion", ({ primary }) => desk.casesOfExclusion(primary, "NSER-1", 50), ["cases_of_exclusion"]],
  ["exclusions/office", "exclusionByReference", ({ primary }) => listedExclusions.exclusionByReference(primary, "r"), ["exclusions_by_reference"]],
  ["exclusions/office", "lastChanges", ({ primary }) => listedExclusions.lastChanges(primary, "r", 50), ["exclusionChanges_of_exclusion"]],
];
