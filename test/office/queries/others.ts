import { BY_TIME, type EntryFilter, listEntries } from "../../../src/domains/compliance/store.ts";
import * as listedOperators from "../../../src/domains/operators/office/store.ts";
import { insertUser } from "../../../src/domains/users/accounts/store.ts";
import * as canaries from "../../../src/domains/tokens/canaries/store.ts";
import * as quarantines from "../../../src/domains/tokens/quarantines/store.ts";
import * as tokenStatistics from "../../../src/domains/tokens/statistics/store.ts";
import * as lookups from "../../../src/domains/tokens/lookups/store.ts";
import { random } from "../../../src/objects/shell.ts";
import { type Change, commit, copyRows, once } from "../../../src/office/commit.ts";
import { drainEvents } from "../../../src/office/drain.ts";
import { giveSalt, setLeaf, waitingEntries } from "../../../src/office/outbox.ts";
import { TellLog } from "../../../src/office/tell-log.ts";
import { actor, BY_GENERATION, eachWay, id, newUser, now, origin, PLACE, type Query, user } from "./asked.ts";

const operators = (state: "active" | undefined, index: string) =>
  eachWay("operators/office", "operatorsPage", listedOperators.BY_NAME, ["n", "op"], ({ primary }, page) => listedOperators.operatorsPage(primary, state, page), [index]);
const change: Change<object> = {
  actor, rows: [], audit: { action: "user.looked-at", resource: "user/1", payload: {} }, events: [{ topic: "looked-at", subject: "1", payload: {} }], answer: {},
};
const resource = "user/1";
const key = {
  id: "k", operator: "op", state: "active", expiresAt: null, perSecond: 1, perDay: 1, issuedAt: now, revokedAt: null, generation: 1,
} as const;
const entries = (filter: EntryFilter, index: string) =>
  eachWay("compliance", "listEntries", BY_TIME, [5_000, 70], (office, page) => listEntries(office, filter, page), [index]);
const quarantinesIn = (state: "open" | undefined, index: string) =>
  eachWay("tokens/quarantines", "quarantinesBy", quarantines.BY_SINCE, PLACE, (office, page) => quarantines.quarantinesBy(office, state, page), [index]);
const alarmsOf = (operator: string | undefined, index: string) =>
  eachWay("tokens/canaries", "alarmsBy", canaries.BY_TIME, PLACE, (office, page) => canaries.alarmsBy(office, operator, page), [index]);
const quarantine = { id: id(), rule: "canary", reason: "r", evidence: {}, since: now, by: "system:test" } as const;
const canary = { ...user, id: id(), kind: "msisdn", value: new Uint8Array(1), note: "n", excluded: false, retiredAt: null } as const;
const alarm = { id: id(), operator: "op", canary: canary.id, how: "checked", purpose: "bet", at: now } as const;
const lookupsIn = (filter: lookups.LookupFilter, index: string) =>
  eachWay("tokens/lookups", "lookupsBy", lookups.BY_ASKING, PLACE, (office, page) => lookups.lookupsBy(office, filter, page), [index]);
const lookup: lookups.StoredLookup = {
  ...user, id: id(), state: "pending", operator: "op", tokenKey: "k", reason: "r", decidedAt: null, decidedBy: null, decisionReason: null, until: now, readAt: null,
};
const keys = (state?: "active") =>
  eachWay("operators/office", "keysPage", listedOperators.BY_ISSUE, PLACE, ({ primary }, page) => listedOperators.keysPage(primary, "op", state, page), ["operatorKeys_of_operator"]);

export const OTHERS: readonly Query[] = [
  ["office/commit", "commit", (office) => commit(office, { ...change, rows: [{ exactlyOne: insertUser(office.primary, newUser()) }] }, { now, random }), []],
  ["office/commit", "once", (office) => once(office, { id: id(), fingerprint: "f" }, { now, random }, async () => change), ["commands.primaryKey"]],
  ["office/drain", "drainEvents", (office) => drainEvents({ office, handlers: { "looked-at": async () => {} }, report: () => {} }), ["events.primaryKey"]],
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
  ["tokens/statistics", "operatorIds", (office) => tokenStatistics.operatorIds(office), ["operators.primaryKey"], "every operator is asked for"],
  ...lookupsIn({}, "tokenLookups_by_time"),
  ...lookupsIn({ state: "pending" }, "tokenLookups_of_state"),
  ["tokens/lookups", "lookupById", (office) => lookups.lookupById(office, "l"), ["tokenLookups.primaryKey"]],
  ["tokens/lookups", "lookupsSince", (office) => lookups.lookupsSince(office, "user:u", now, 10), ["tokenLookups_of_officer"]],
  ["tokens/lookups", "lookupsToExpire", (office) => lookups.lookupsToExpire(office, now, 50), ["tokenLookups_to_expire"]],
  ["tokens/lookups", "insertLookup", ({ primary }) => lookups.insertLookup(primary, lookup), []],
  ["tokens/lookups", "updateLookup", ({ primary }) => lookups.updateLookup(primary, lookup, { state: "refused" }, actor, now).exactlyOne, ["tokenLookups.primaryKey"]],
  ["operators/office", "putOperators", ({ primary }) => listedOperators.putOperators(primary, [{ id: "op", name: "n", state: "active", requiredKinds: [], enrolledAt: now, declaredCustomers: 0, generation: 1 }]), ["operatorChanges_of_operator", "operatorKeys_of_operator"]],
  ["operators/office", "putKeys", ({ primary }) => listedOperators.putKeys(primary, [{ ...key, scopes: [], networks: [] }]), []],
  ["operators/office", "putChanges", ({ primary }) => listedOperators.putChanges(primary, [{ ...origin, operator: "op", resource: "op" }]), []],
  ["operators/office", "dropOlder", ({ primary }) => listedOperators.dropOlder(primary, 2), ["operatorChanges_of_operator", "operatorKeys_of_operator"], BY_GENERATION],
  ...operators(undefined, "operators_by_name"),
  ...operators("active", "operators_of_state"),
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
];
