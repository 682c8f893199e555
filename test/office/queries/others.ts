import { cursorOf, moveCursor } from "../../../src/domains/compliance/cursors/store.ts";
import * as exported from "../../../src/domains/compliance/export/store.ts";
import * as places from "../../../src/domains/compliance/places/store.ts";
import { BY_TIME, entryById, type EntryFilter, flagById, flagsOf, listEntries, updateFlag } from "../../../src/domains/compliance/store.ts";
import * as suspicion from "../../../src/domains/compliance/suspicion/store.ts";
import * as conformance from "../../../src/domains/operators/conformance/store.ts";
import * as listedOperators from "../../../src/domains/operators/office/store.ts";
import * as propagation from "../../../src/domains/operators/propagation/store.ts";
import { insertUser } from "../../../src/domains/users/accounts/store.ts";
import * as canaries from "../../../src/domains/tokens/canaries/store.ts";
import * as quarantines from "../../../src/domains/tokens/quarantines/store.ts";
import * as tokenStatistics from "../../../src/domains/tokens/statistics/store.ts";
import * as lookups from "../../../src/domains/tokens/lookups/store.ts";
import { random } from "../../../src/objects/shell.ts";
import { putEntries } from "../../../src/office/audit.ts";
import { type Change, commit, copyRows, once } from "../../../src/office/commit.ts";
import { drainEvents } from "../../../src/office/drain.ts";
import { giveSalt, setLeaf, waitingEntries } from "../../../src/office/outbox.ts";
import { noteRead } from "../../../src/office/reads.ts";
import { noteRefusal } from "../../../src/office/refusals.ts";
import { TellLog } from "../../../src/office/tell-log.ts";
import { actor, BY_GENERATION, eachWay, id, newUser, now, origin, PLACE, type Query, user } from "./asked.ts";

const operators = (state: "active" | undefined, index: string) =>
  eachWay("operators/office", "operatorsPage", listedOperators.BY_NAME, ["n", "op"], ({ primary }, page) => listedOperators.operatorsPage(primary, state, page), [index]);
const change: Change<object> = {
  actor, rows: [], audit: { action: "user.looked-at", resource: "user/1", payload: {} }, events: [{ topic: "looked-at", subject: "1", payload: {} }], answer: {},
};
const resource = "user/1";
const key = {
  id: "k", mode: "live", name: null, operator: "op", state: "active", expiresAt: null, perSecond: 1, perDay: 1, issuedAt: now, revokedAt: null, generation: 1,
} as const;
const entries = (filter: EntryFilter, index: string, despite?: string) =>
  eachWay("compliance", "listEntries", BY_TIME, [5_000, 70], (office, page) => listEntries(office, filter, page), index.split(" "), despite);
const flag = { rule: "self-approval" as const, figures: {}, evidence: ["e"], entryId: "e" };
const HOUR_BEFORE = { from: 1, until: now };
const quarantinesIn = (state: "open" | undefined, index: string) =>
  eachWay("tokens/quarantines", "quarantinesBy", quarantines.BY_SINCE, PLACE, (office, page) => quarantines.quarantinesBy(office, state, page), [index]);
const alarmsOf = (operator: string | undefined, index: string) =>
  eachWay("tokens/canaries", "alarmsBy", canaries.BY_TIME, PLACE, (office, page) => canaries.alarmsBy(office, { operator }, page), [index]);
const quarantine = { id: id(), rule: "canary", reason: "r", evidence: {}, since: now, by: "system:test" } as const;
const canary = { ...user, id: id(), kind: "msisdn", value: new Uint8Array(1), note: "n", excluded: false, retiredAt: null } as const;
const alarm = { id: id(), operator: "op", canary: canary.id, how: "checked", purpose: "bet", at: now } as const;
const lookupsIn = (filter: lookups.LookupFilter, index: string) =>
  eachWay("tokens/lookups", "lookupsBy", lookups.BY_ASKING, PLACE, (office, page) => lookups.lookupsBy(office, filter, page), [index]);
const lookup: lookups.StoredLookup = {
  ...user, id: id(), state: "pending", operator: "op", tokenKey: "k", reason: "r", decidedAt: null, decidedBy: null, decisionReason: null, until: now, readAt: null,
};
const lateIn = (filter: propagation.LapseFilter, index: string) =>
  eachWay("operators/propagation", "lapsesBy", propagation.BY_SINCE, PLACE, (office, page) => propagation.lapsesBy(office, filter, page), [index]);
const keys = (state?: "active") =>
  eachWay("operators/office", "keysPage", listedOperators.BY_ISSUE, PLACE, ({ primary }, page) => listedOperators.keysPage(primary, "op", state, page), ["operatorKeys_of_operator"]);

const run: conformance.StoredRun = {
  ...user, id: id(), operator: "op", address: "a", secret: null, state: "failed", kit: "1", hash: "h", endsBy: now, endedAt: now, checksBefore: null, testChecks: null, certificate: null,
};

export const OTHERS: readonly Query[] = [
  ["office/commit", "commit", (office) => commit(office, { ...change, rows: [{ exactlyOne: insertUser(office.primary, newUser()) }] }, { now, random }), []],
  ["office/commit", "once", (office) => once(office, { id: id(), fingerprint: "f" }, { now, random }, async () => change), ["commands.primaryKey"]],
  ["office/drain", "drainEvents", (office) => drainEvents({ office, handlers: { "looked-at": async () => {} }, report: () => {} }), ["events.primaryKey"]],
  ["office/reads", "noteRead", (office) => noteRead(office, { actor, action: "a", resource }, now, random), []],
  ["office/refusals", "noteRefusal", (office) => noteRefusal(office, { actor, action: "a", resource, payload: {} }, now, random), []],
  ["office/outbox", "waitingEntries", (office) => waitingEntries(office, 5), ["auditEntries_waiting"]],
  ["office/outbox", "giveSalt", ({ primary }) => giveSalt(primary, 1, new Uint8Array(32)), ["auditEntries.primaryKey"]],
  ["office/outbox", "setLeaf", ({ primary }) => setLeaf(primary, 1, 1), ["auditEntries.primaryKey"]],
  ["office/tell-log", "TellLog", (office) => new TellLog({ office, log: { append: async () => ({ ok: false, refusal: "busy" }) }, clock: () => now, random, report: () => {} }).run(), ["auditEntries_waiting"]],
  ["office/commit", "copyRows", (office) => copyRows(office, [insertUser(office.primary, newUser())]), []],
  ...quarantinesIn(undefined, "tokenQuarantines_by_time"),
  ...quarantinesIn("open", "tokenQuarantines_by_state"),
  ["tokens/quarantines", "quarantineById", (office) => quarantines.quarantineById(office, id()), ["tokenQuarantines.primaryKey"]],
  ["tokens/quarantines", "insertQuarantine", ({ primary }) => quarantines.insertQuarantine(primary, "op", quarantine), []],
  ["tokens/quarantines", "updateQuarantine", ({ primary }) => quarantines.updateQuarantine(primary, { id: id(), version: 1 }, { state: "appealed" }, actor, now).exactlyOne, ["tokenQuarantines.primaryKey"]],
  ...eachWay("tokens/canaries", "canariesPage", canaries.BY_AGE, PLACE, canaries.canariesPage, ["canaries_by_age"]),
  ...alarmsOf(undefined, "canaryAlarms_by_time"),
  ...alarmsOf("op", "canaryAlarms_of_operator"),
  ["tokens/canaries", "canaryById", (office) => canaries.canaryById(office, id()), ["canaries.primaryKey"]],
  ["tokens/canaries", "insertCanary", ({ primary }) => canaries.insertCanary(primary, canary), []],
  ["tokens/canaries", "retireRow", ({ primary }) => canaries.retireRow(primary, canary, actor, now).exactlyOne, ["canaries.primaryKey"]],
  ["tokens/canaries", "insertMeetings", ({ primary }) => canaries.insertMeetings(primary, [alarm]), []],
  ...lateIn({}, "propagationLapses_by_since"),
  ...lateIn({ state: "open", kind: "handled" }, "propagationLapses_of_state"),
  ...lateIn({ operator: "op", state: "open" }, "propagationLapses_of_operator"),
  ["operators/propagation", "operatorsNamed", ({ primary }) => propagation.operatorsNamed(primary, ["op"]), ["operators.primaryKey"]],
  ["operators/propagation", "openLapses", (office) => propagation.openLapses(office, "op"), ["propagationLapses_of_operator"]],
  ["operators/propagation", "insertLapse", ({ primary }) => propagation.insertLapse(primary, "op", { kind: "handled", count: 1, since: now }, actor, now, random), []],
  ["operators/propagation", "moveLapse", ({ primary }) => propagation.moveLapse(primary, { id: id(), version: 1 }, { count: 2 }, actor, now), ["propagationLapses.primaryKey"]],
  ["operators/propagation", "operatorsByName", ({ primary }) => propagation.operatorsByName(primary), ["operators_by_name"], "every operator is asked"],
  ["operators/propagation", "exclusionAndOperators", (office) => propagation.exclusionAndOperators(office, "NSER-1"), ["exclusions_by_reference", "operators_by_name"], "every operator is asked"],
  ["tokens/statistics", "operatorIds", (office) => tokenStatistics.operatorIds(office), ["operators.primaryKey"], "every operator is asked for"],
  ...eachWay("operators/conformance", "runsOf", conformance.BY_TIME, PLACE, (office, page) => conformance.runsOf(office, "op", page), ["conformanceRuns_of_operator"]),
  ["operators/conformance", "runById", (office) => conformance.runById(office, id()), ["conformanceRuns.primaryKey"]],
  ["operators/conformance", "resultsOf", (office) => conformance.resultsOf(office, id()), ["conformanceResults.primaryKey"]],
  ["operators/conformance", "abandonedRuns", (office) => conformance.abandonedRuns(office, now), ["conformanceRuns_running"], "one run of an operator is under way, and each is looked at"],
  ["operators/conformance", "testKeysOf", (office) => conformance.testKeysOf(office, "op"), ["operatorKeys_of_operator"]],
  ["operators/conformance", "insertRun", ({ primary }) => conformance.insertRun(primary, run), []],
  ["operators/conformance", "insertPlan", ({ primary }) => conformance.insertPlan(primary, run.id, ["clear/bet"]), []],
  ["operators/conformance", "updateRun", ({ primary }) => conformance.updateRun(primary, run, {}, actor, now).exactlyOne, ["conformanceRuns.primaryKey"]],
  ["operators/conformance", "updateResult", ({ primary }) => conformance.updateResult(primary, { run: run.id, place: 0 }, { came: "c", passed: true }, now).exactlyOne, ["conformanceResults.primaryKey"]],
  ...lookupsIn({}, "tokenLookups_by_time"),
  ...lookupsIn({ state: "pending" }, "tokenLookups_of_state"),
  ["tokens/lookups", "lookupById", (office) => lookups.lookupById(office, "l"), ["tokenLookups.primaryKey"]],
  ["tokens/lookups", "lookupsSince", (office) => lookups.lookupsSince(office, "user:u", now, 10), ["tokenLookups_of_officer"]],
  ["tokens/lookups", "lookupsToExpire", (office) => lookups.lookupsToExpire(office, now, 50), ["tokenLookups_to_expire"]],
  ["tokens/lookups", "insertLookup", ({ primary }) => lookups.insertLookup(primary, lookup), []],
  ["tokens/lookups", "updateLookup", ({ primary }) => lookups.updateLookup(primary, lookup, { state: "refused" }, actor, now).exactlyOne, ["tokenLookups.primaryKey"]],
  ["operators/office", "putOperators", ({ primary }) => listedOperators.putOperators(primary, [{ id: "op", name: "n", state: "active", requiredKinds: [], enrolledAt: now, declaredCustomers: 0, licensedUntil: null, generation: 1 }]), ["operatorChanges_of_operator", "operatorKeys_of_operator"]],
  ["operators/office", "putKeys", ({ primary }) => listedOperators.putKeys(primary, [{ ...key, scopes: [], networks: [] }]), []],
  ["operators/office", "putChanges", ({ primary }) => listedOperators.putChanges(primary, [{ ...origin, operator: "op", resource: "op" }]), []],
  ["operators/office", "dropOlder", ({ primary }) => listedOperators.dropOlder(primary, 2), ["operatorChanges_of_operator", "operatorKeys_of_operator"], BY_GENERATION],
  ...operators(undefined, "operators_by_name"),
  ...operators("active", "operators_of_state"),
  ["operators/office", "operatorsByIds", ({ primary }) => listedOperators.operatorsByIds(primary, ["op", "other"]), ["operators.primaryKey"]],
  ["operators/office", "operatorById", ({ primary }) => listedOperators.operatorById(primary, "op"), ["operators.primaryKey"]],
  ...keys(),
  ...keys("active"),
  ["operators/office", "lastChanges", ({ primary }) => listedOperators.lastChanges(primary, "op", 50), ["operatorChanges_of_operator"]],
  ...entries({}, "auditEntries_by_time"),
  ...entries({ from: 1, to: now }, "auditEntries_by_time"),
  ...entries({ resource }, "auditEntries_of_resource"),
  ...entries({ resource, from: 1, to: now }, "auditEntries_of_resource"),
  ...entries({ resource, actor }, "auditEntries_of_resource"),
  ...entries({ resource, actor, from: 1, to: now }, "auditEntries_of_resource"),
  ...entries({ actor }, "auditEntries_of_actor"),
  ...entries({ actor, from: 1, to: now }, "auditEntries_of_actor"),
  ...entries({ actor, action: "user.*" }, "auditEntries_of_actor"),
  ...entries({ actor, action: "user.locked" }, "auditEntries_of_actor_and_action"),
  ...entries({ actor, action: "user.locked", source: "office", from: 1, to: now }, "auditEntries_of_actor_and_action"),
  ...entries({ action: "user.locked" }, "auditEntries_of_action"),
  ...entries({ action: "user.locked", source: "office", outcome: "done", from: 1, to: now }, "auditEntries_of_action"),
  ...entries({ action: "user.*" }, "auditEntries_of_type"),
  ...entries({ action: "user.*", source: "office", from: 1, to: now }, "auditEntries_of_type"),
  ...entries({ source: "register" }, "auditEntries_of_source"),
  ...entries({ outcome: "refused" }, "auditEntries_not_done"),
  ...entries({ outcome: "refused", actor, action: "user.*", source: "office" }, "auditEntries_not_done"),
  ...entries({ outcome: "done" }, "auditEntries_by_time", "nearly everything is done, so that the walk ends where its limit does"),
  ...entries({ flag: "any" }, "auditEntries_flagged"),
  ...entries({ flag: "open", actor, outcome: "refused" }, "auditEntries_flagged auditFlags_once_an_entry"),
  ...entries({ flag: "two-countries", from: 1, to: now }, "auditEntries_flagged auditFlags_once_an_entry"),
  ...entries({ resource, flag: "any", action: "user.locked", outcome: "refused" }, "auditEntries_of_resource"),
  ...entries({ id: id(), resource, actor, action: "user.locked", flag: "any", outcome: "done", source: "office" }, "auditEntries_by_id"),
  ["compliance", "flagsOf", ({ primary }) => flagsOf(primary, ["e", "f"]), ["auditFlags_once_an_entry"]],
  ["compliance", "entryById", (office) => entryById(office, "e"), ["auditEntries_by_id"]],
  ["compliance", "flagById", (office) => flagById(office, "f"), ["auditFlags.primaryKey"]],
  ["compliance", "updateFlag", ({ primary }) => updateFlag(primary, { id: "f", version: 1 }, { note: "n" }), ["auditFlags.primaryKey"]],
  ["compliance/cursors", "cursorOf", (office) => cursorOf(office, "j"), ["auditCursors.primaryKey"]],
  ["compliance/cursors", "moveCursor", ({ primary }) => moveCursor(primary, "j", 1, 2), ["auditCursors.primaryKey"]],
  ["compliance/export", "firstPlaceFrom", (office) => exported.firstPlaceFrom(office, now), ["auditEntries_by_time"]],
  ["compliance/export", "ownEntries", (office) => exported.ownEntries(office, ["e", "f"]), ["auditEntries_by_id"]],
  ["compliance/places", "copiesAfter", (office) => places.copiesAfter(office, 1, 50), ["auditEntries_waiting"]],
  ["compliance/places", "putPlaces", ({ primary }) => places.putPlaces(primary, [{ position: 1, leaf: 2 }, { position: 2, leaf: 3 }]), ["auditEntries.primaryKey"]],
  ["compliance/suspicion", "entriesAfter", (office) => suspicion.entriesAfter(office, 1, 50), ["auditEntries.primaryKey"]],
  ["compliance/suspicion", "doneBy", (office) => suspicion.doneBy(office, ["u", "v"], HOUR_BEFORE), ["auditEntries_of_actor"]],
  ["compliance/suspicion", "doneTo", (office) => suspicion.doneTo(office, ["user/1", "k"], HOUR_BEFORE), ["auditEntries_of_resource"]],
  ["compliance/suspicion", "workAbout", (office) => suspicion.workAbout(office, ["p", "q"], now), ["cases_of_person", "dataRequests_of_person"]],
  ["compliance/suspicion", "putFlags", ({ primary }) => suspicion.putFlags(primary, [flag], actor, now, random), ["auditEntries_by_id"]],
  ["office/audit", "putEntries", ({ primary }) => putEntries(primary, [{ id: id(), at: now, action: "a.b", resource: "r", actorKind: "system", actorId: "s", payload: "{}", source: "register" }]), []],
];
