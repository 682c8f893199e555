/**
 * Every query of the office: the store and its function, how it is asked, and the indexes its plan must use, in
 * alphabetical order; last, where it cannot be otherwise, why a plan may sort or go through what it asks of. A function of
 * a store that is not here fails the tests, and so does an index nothing here uses.
 */
import {
  BY_CREATION as TOKENS_BY_CREATION, bootstrappedAt, holdersOf, insertBootstrap, insertToken, revokeToken, revokeTokensOf, tokenOf, tokensPage,
} from "../../src/domains/authentication/access/store.ts";
import { accountOf, deleteAssignment, isOnlyAdministrator, touchUser } from "../../src/domains/authentication/roles/store.ts";
import { BY_TIME, type EntryFilter, listEntries } from "../../src/domains/compliance/store.ts";
import * as listedExclusions from "../../src/domains/exclusions/office/store.ts";
import * as listedOperators from "../../src/domains/operators/office/store.ts";
import {
  accountOf as userOf, BY_CREATION, insertAssignment, insertUser, listUsers, replaceDataKey, sealedOf, shredUser, updateUser, type UserFilter, wrappedKeysAfter,
} from "../../src/domains/users/accounts/store.ts";
import * as people from "../../src/domains/users/people/store.ts";
import { insertPass, lastPass, movePass } from "../../src/domains/users/rewrapping/store.ts";
import * as rights from "../../src/domains/users/rights/store.ts";
import { BY_ASSIGNMENT, type StaffFilter, staffPage } from "../../src/domains/users/staff/store.ts";
import { forgetAttemptsOn } from "../../src/domains/authentication/sign-in/store.ts";
import { systemActor } from "../../src/kernel/actor.ts";
import { uuidv7 } from "../../src/kernel/ids.ts";
import { random } from "../../src/objects/shell.ts";
import { createdBy } from "../../src/office/columns.ts";
import { type Change, commit, copyRows, once } from "../../src/office/commit.ts";
import type { Office } from "../../src/office/database.ts";
import { drainEvents } from "../../src/office/drain.ts";
import type { Cursor, Order, PageQuery } from "../../src/office/page.ts";

type Query = readonly [store: string, name: string, ask: (office: Office) => unknown, uses: readonly string[], despite?: string];

const actor = systemActor("test");
const now = 1_000;
const id = () => uuidv7(now, random);
const user = { ...createdBy(actor, now, random), state: "active" } as const;
const newUser = (emailKey: string | null = null) => ({ ...user, id: id(), emailKey });
const assignment = { id: id(), userId: user.id, role: "grak_admin", operator: "", createdAt: now, createdBy: "system:test" } as const;
const token = { id: id(), userId: user.id, hash: "h", label: "l", createdAt: now, createdBy: "system:test", expiresAt: now };
const change: Change<object> = {
  actor, rows: [], audit: { action: "user.looked-at", resource: "user/1", payload: {} }, events: [{ topic: "looked-at", subject: "1", payload: {} }], answer: {},
};

const target = { ...user, deletedAt: null, assignments: [{ role: "super_admin", operator: null }], otherAdministrators: 1 } as const;
const resource = "user/1";

const account = { userId: user.id, state: "active", version: 1, assignments: [] } as const;
const pass = { ...user, keyId: "1", next: null, tally: {} as never, finishedAt: null };
const progress = { version: 1, logId: "log", position: 1, generation: 1, wholeGeneration: 1, asOf: now, movedAt: now };
const origin = { id: id(), at: now, action: "a", channel: "api", position: 1, sequence: 1, payload: {}, generation: 1 };
const exclusion = {
  id: id(), reference: "NSER-1", personId: "p", state: "active", policy: "6m", policyVersion: 1, endMode: "automatic", channel: "web", startedAt: now,
  endsAt: null, reviewAt: null, endedAt: null, generation: 1,
} as const;
const key = {
  id: "k", operator: "op", state: "active", expiresAt: null, perSecond: 1, perDay: 1, issuedAt: now, revokedAt: null, generation: 1,
} as const;
const request: rights.StoredRequest = {
  ...user, id: id(), reference: "DR-1", personId: "p", kind: "access", state: "received", subject: null, receivedAt: now, dueAt: now,
  decidedAt: null, decidedBy: null, reasons: [], completeAt: null, lookAgainAt: null,
};

const verification = { id: id(), userId: user.id, method: "passport", verdict: "verified", reason: "seen-in-person", at: now, by: "system:test" } as const;

const read = (order: Order, after: Cursor | null): PageQuery => ({ order, limit: 50, after });

/** A list is asked for in each of its orders, from its beginning and from a place in it. */
const eachWay = (
  store: string, name: string, orders: Record<string, Order>, place: Cursor, ask: (office: Office, page: PageQuery) => unknown, uses: readonly string[],
): Query[] =>
  Object.values(orders).flatMap((order) => [null, place].map((after): Query => [store, name, (office) => ask(office, read(order, after)), uses]));

const PLACE = [now, id()];
const accounts = (filter: UserFilter, index: string) =>
  eachWay("users/accounts", "listUsers", BY_CREATION, PLACE, (office, page) => listUsers(office, filter, page), [index]);
const entries = (filter: EntryFilter, index: string) =>
  eachWay("compliance", "listEntries", BY_TIME, [5_000, 70], (office, page) => listEntries(office, filter, page), [index]);
const exclusions = (filter: listedExclusions.ExclusionFilter, index: string) =>
  eachWay("exclusions/office", "exclusionsPage", listedExclusions.BY_START, PLACE, ({ primary }, page) => listedExclusions.exclusionsPage(primary, filter, page), [index]);
const requests = (filter: rights.RequestFilter, index: string) =>
  eachWay("users/rights", "requestsBy", rights.BY_URGENCY, PLACE, (office, page) => rights.requestsBy(office, filter, page), [index]);
const firstRequests = (order: Order, filter: rights.RequestFilter = {}): Query => [
  "users/rights", "requestsBy", (office) => rights.requestsBy(office, filter, read(order, null)), ["dataRequests_open_by_urgency"],
  "its index holds the open ones alone, so that the walk ends where its limit does",
];
const operators = (state: "active" | undefined, index: string) =>
  eachWay("operators/office", "operatorsPage", listedOperators.BY_NAME, ["n", "op"], ({ primary }, page) => listedOperators.operatorsPage(primary, state, page), [index]);
const keys = (state?: "active") =>
  eachWay("operators/office", "keysPage", listedOperators.BY_ISSUE, PLACE, ({ primary }, page) => listedOperators.keysPage(primary, "op", state, page), ["operatorKeys_of_operator"]);
const staff = (filter: StaffFilter) =>
  eachWay("users/staff", "staffPage", BY_ASSIGNMENT, [id()], (office, page) => staffPage(office, "op", filter, page), ["roleAssignments_of_operator", "users.primaryKey"]);
const BY_GENERATION = "once a rebuild, in the one batch that ends it: every row is looked at";

export const QUERIES: readonly Query[] = [
  ["office/commit", "commit", (office) => commit(office, { ...change, rows: [{ exactlyOne: insertUser(office.primary, newUser()) }] }, { now, random }), []],
  ["office/commit", "once", (office) => once(office, { id: id(), fingerprint: "f" }, { now, random }, async () => change), ["commands.primaryKey"]],
  ["users/accounts", "insertUser", ({ primary }) => insertUser(primary, newUser()), []],
  ["users/accounts", "insertAssignment", ({ primary }) => insertAssignment(primary, assignment), []],
  ["users/accounts", "accountOf", (office) => userOf(office, user.id), ["roleAssignments_by_role", "roleAssignments_of_user", "users.primaryKey"]],
  ...accounts({ deleted: false }, "users_by_time"),
  ...accounts({ deleted: true, state: "suspended" }, "users_of_state"),
  ["users/accounts", "updateUser", ({ primary }) => updateUser(primary, target, { state: "active" }, false), ["users.primaryKey"]],
  ["users/accounts", "updateUser", ({ primary }) => updateUser(primary, target, { state: "suspended" }, true), ["roleAssignments_by_role", "users.primaryKey"]],
  ["authentication/access", "holdersOf", (office) => holdersOf(office, "h", now), ["accessTokens_by_hash", "roleAssignments_of_user", "users.primaryKey"]],
  ["authentication/access", "insertToken", ({ primary }) => insertToken(primary, token), []],
  ["authentication/access", "insertBootstrap", ({ primary }) => insertBootstrap(primary, user.id, now), []],
  ["authentication/access", "bootstrappedAt", (office) => bootstrappedAt(office), []],
  ["office/drain", "drainEvents", (office) => drainEvents({ office, handlers: { "looked-at": async () => {} }, report: () => {} }), ["events.primaryKey"]],
  ["office/commit", "copyRows", (office) => copyRows(office, [insertUser(office.primary, newUser())]), []],
  ...eachWay("authentication/access", "tokensPage", TOKENS_BY_CREATION, [id()], (office, page) => tokensPage(office, user.id, page), ["accessTokens_of_user"]),
  ["authentication/access", "tokenOf", (office) => tokenOf(office, user.id, token.id), ["accessTokens.primaryKey"]],
  ["authentication/access", "revokeToken", ({ primary }) => revokeToken(primary, token.id, actor, now), ["accessTokens.primaryKey"]],
  ["authentication/access", "revokeTokensOf", ({ primary }) => revokeTokensOf(primary, user.id, actor, now), ["accessTokens_of_user"]],
  ["authentication/roles", "accountOf", (office) => accountOf(office, user.id), ["roleAssignments_of_user", "users.primaryKey"]],
  ["authentication/roles", "touchUser", ({ primary }) => touchUser(primary, account, actor, now), ["users.primaryKey"]],
  ["authentication/roles", "deleteAssignment", ({ primary }) => deleteAssignment(primary, user.id, { role: "super_admin", operator: null }), ["roleAssignments_by_role", "roleAssignments_of_user", "users.primaryKey"]],
  ["authentication/roles", "isOnlyAdministrator", (office) => isOnlyAdministrator(office, user.id), ["roleAssignments_by_role", "users.primaryKey"]],
  ["users/accounts", "sealedOf", (office) => sealedOf(office, user.id), ["users.primaryKey"]],
  ["users/accounts", "wrappedKeysAfter", (office) => wrappedKeysAfter(office, user.id, 50), ["users.primaryKey"]],
  ["users/accounts", "replaceDataKey", ({ primary }) => replaceDataKey(primary, user.id, new Uint8Array(1), new Uint8Array(1)), ["users.primaryKey"]],
  ["users/accounts", "shredUser", ({ primary }) => shredUser(primary, { id: user.id, version: 1 }, actor, now), ["users.primaryKey"]],
  ["users/people", "idByKey", (office) => people.idByKey(office, "emailKey", "k"), ["users_by_email"]],
  ["users/people", "idByKey", (office) => people.idByKey(office, "phoneKey", "k"), ["users_by_phone"]],
  ["users/people", "isThere", (office) => people.isThere(office, user.id), ["users.primaryKey"]],
  ["users/people", "entranceOf", (office) => people.entranceOf(office, user.id), ["attempts.primaryKey", "passkeys_of_user", "passwords.primaryKey", "totps.primaryKey", "users.primaryKey"]],
  ["users/people", "latestSignIns", (office) => people.latestSignIns(office, user.id, 10), ["signIns_of_user"]],
  ["users/people", "latestVerification", (office) => people.latestVerification(office, user.id), ["identityVerifications_of_user"]],
  ["users/people", "insertVerification", ({ primary }) => people.insertVerification(primary, verification), []],
  ...eachWay("users/people", "verificationsPage", people.BY_TIME, PLACE, (office, page) => people.verificationsPage(office, user.id, page), ["identityVerifications_of_user"]),
  ["authentication/sign-in", "forgetAttemptsOn", ({ primary }) => forgetAttemptsOn(primary, "k"), ["attempts.primaryKey"]],
  ["users/rewrapping", "lastPass", (office) => lastPass(office), ["rewraps.primaryKey"]],
  ["users/rewrapping", "insertPass", ({ primary }) => insertPass(primary, pass), []],
  ["users/rewrapping", "movePass", ({ primary }) => movePass(primary, pass, pass, actor, now), ["rewraps.primaryKey"]],
  ...Object.values(rights.BY_URGENCY).flatMap((order) => [firstRequests(order), firstRequests(order, { kind: "access" })]),
  ...requests({ kind: "access", dueBefore: now }, "dataRequests_open_by_urgency"),
  ...requests({ state: "answered" }, "dataRequests_by_state"),
  ...requests({ state: "answered", kind: "access", dueBefore: now }, "dataRequests_by_state"),
  ["users/rights", "requestByReference", (office) => rights.requestByReference(office, "DR-1"), ["dataRequests_by_reference"]],
  ["users/rights", "requestsOf", (office) => rights.requestsOf(office, "p"), ["dataRequests_of_person"]],
  ["users/rights", "erasuresToLookAt", (office) => rights.erasuresToLookAt(office, now, 100), ["dataRequests_to_look_at"]],
  ["users/rights", "overdue", (office) => rights.overdue(office, now), ["dataRequests_open_by_urgency"]],
  ["users/rights", "insertRequest", ({ primary }) => rights.insertRequest(primary, request), []],
  ["users/rights", "updateRequest", ({ primary }) => rights.updateRequest(primary, request, { state: "in-progress" }, actor, now).exactlyOne, ["dataRequests.primaryKey"]],
  ["users/rights", "insertErased", ({ primary }) => rights.insertErased(primary, "p"), []],
  ["users/rights", "erasedAfter", (office) => rights.erasedAfter(office, "p", 50), ["erasedPersons.primaryKey"]],
  ...staff({}),
  ...staff({ role: "api_user" }),
  ...staff({ role: "api_user", state: "active" }),
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
  ["exclusions/office", "exclusionByReference", ({ primary }) => listedExclusions.exclusionByReference(primary, "r"), ["exclusions_by_reference"]],
  ["exclusions/office", "lastChanges", ({ primary }) => listedExclusions.lastChanges(primary, "r", 50), ["exclusionChanges_of_exclusion"]],
  ["operators/office", "putOperators", ({ primary }) => listedOperators.putOperators(primary, [{ id: "op", name: "n", state: "active", requiredKinds: [], enrolledAt: now, generation: 1 }]), ["operatorChanges_of_operator", "operatorKeys_of_operator"]],
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

/** Unique indexes that no query reads but that refuse what a rule forbids: what may not be written twice. */
export const GUARDS: readonly (readonly [index: string, twice: (office: Office) => PromiseLike<unknown>])[] = [
  ["users_by_email", ({ primary }) => insertUser(primary, newUser("twice"))],
];

/** Tables that never hold more than a few rows, and why: walking through them costs nothing. */
export const SMALL: Record<string, string> = {
  bootstraps: "one row, once there is an administrator",
  guard: "empty but within a batch",
  projections: "one row: how far the copy is",
};
