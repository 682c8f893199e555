/**
 * Every query of the office: the store and its function, how it is asked, and the indexes its plan must use, in
 * alphabetical order; last, where it cannot be otherwise, why a plan may sort or go through what it asks of. A function of
 * a store that is not here fails the tests, and so does an index nothing here uses.
 */
import {
  bootstrappedAt, holdersOf, insertBootstrap, insertToken, revokeToken, revokeTokensOf, tokenOf, tokensPage,
} from "../../src/domains/authentication/access/store.ts";
import * as oauthClients from "../../src/domains/authentication/oauth/clients/store.ts";
import * as oauth from "../../src/domains/authentication/oauth/store.ts";
import { accountOf, deleteAssignment, isOnlyAdministrator, touchUser } from "../../src/domains/authentication/roles/store.ts";
import { type EntryFilter, listEntries } from "../../src/domains/compliance/store.ts";
import * as listedExclusions from "../../src/domains/exclusions/office/store.ts";
import * as listedOperators from "../../src/domains/operators/office/store.ts";
import {
  accountOf as userOf, insertAssignment, insertUser, listUsers, replaceDataKey, sealedOf, shredUser, updateUser, type UserFilter, wrappedKeysAfter,
} from "../../src/domains/users/accounts/store.ts";
import { insertPass, lastPass, movePass } from "../../src/domains/users/rewrapping/store.ts";
import * as rights from "../../src/domains/users/rights/store.ts";
import { staffPage } from "../../src/domains/users/staff/store.ts";
import { systemActor } from "../../src/kernel/actor.ts";
import { uuidv7 } from "../../src/kernel/ids.ts";
import { random } from "../../src/objects/shell.ts";
import { createdBy } from "../../src/office/columns.ts";
import { type Change, commit, copyRows, once } from "../../src/office/commit.ts";
import type { Office } from "../../src/office/database.ts";
import { drainEvents } from "../../src/office/drain.ts";
import type { Cursor, PageQuery } from "../../src/office/page.ts";

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
const accounts = (filter: UserFilter, after: Cursor | null = null) => (office: Office) => listUsers(office, filter, { limit: 50, after });
const entries = (filter: EntryFilter, after: Cursor | null = null) => (office: Office) => listEntries(office, filter, { limit: 50, after });
const DEEP = [5_000, 70];
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
const PAGE = { limit: 50, after: null };
const LATER = { limit: 50, after: [now, id()] };
const exclusions = (filter: listedExclusions.ExclusionFilter, page: PageQuery, order: "ascending" | "descending" = "descending") =>
  ({ primary }: Office) => listedExclusions.exclusionsPage(primary, filter, page, order);
const request: rights.StoredRequest = {
  ...user, id: id(), reference: "DR-1", personId: "p", kind: "access", state: "received", subject: null, receivedAt: now, dueAt: now,
  decidedAt: null, decidedBy: null, reasons: [], completeAt: null, lookAgainAt: null,
};
const requests = (filter: Partial<rights.RequestFilter>, page: PageQuery = LATER) => (office: Office) =>
  rights.requestsBy(office, { state: null, kind: null, dueBefore: null, ...filter }, page);
const BY_GENERATION = "once a rebuild, in the one batch that ends it: every row is looked at";

const client = { ...user, name: "c", state: "active", secretHash: null, redirectUris: [], scopes: [], grants: [], operator: null } as const;
const code = { hash: "h", clientId: client.id, userId: user.id, redirectUri: "", scopes: [], challenge: "", familyId: id(), expiresAt: now, usedAt: null };
const family = { id: id(), clientId: client.id, userId: user.id, scopes: [], generation: 1, createdAt: now, rotatedAt: now, expiresAt: now, endedAt: null, ending: null };

export const QUERIES: readonly Query[] = [
  ["office/commit", "commit", (office) => commit(office, { ...change, rows: [{ exactlyOne: insertUser(office.primary, newUser()) }] }, { now, random }), []],
  ["office/commit", "once", (office) => once(office, { id: id(), fingerprint: "f" }, { now, random }, async () => change), ["commands.primaryKey"]],
  ["users/accounts", "insertUser", ({ primary }) => insertUser(primary, newUser()), []],
  ["users/accounts", "insertAssignment", ({ primary }) => insertAssignment(primary, assignment), []],
  ["users/accounts", "accountOf", (office) => userOf(office, user.id), ["roleAssignments_by_role", "roleAssignments_of_user", "users.primaryKey"]],
  ["users/accounts", "listUsers", accounts({ deleted: false }), ["users_by_time"]],
  ["users/accounts", "listUsers", accounts({ deleted: true }, [5_000, user.id]), ["users_by_time"]],
  ["users/accounts", "listUsers", accounts({ deleted: false, state: "suspended" }), ["users_of_state"]],
  ["users/accounts", "listUsers", accounts({ deleted: true, state: "active" }, [5_000, user.id]), ["users_of_state"]],
  ["users/accounts", "updateUser", ({ primary }) => updateUser(primary, target, { state: "active" }, false), ["users.primaryKey"]],
  ["users/accounts", "updateUser", ({ primary }) => updateUser(primary, target, { state: "suspended" }, true), ["roleAssignments_by_role", "users.primaryKey"]],
  ["authentication/access", "holdersOf", (office) => holdersOf(office, "h", now), ["accessTokens_by_hash", "roleAssignments_of_user", "users.primaryKey"]],
  ["authentication/access", "insertToken", ({ primary }) => insertToken(primary, token), []],
  ["authentication/access", "insertBootstrap", ({ primary }) => insertBootstrap(primary, user.id, now), []],
  ["authentication/access", "bootstrappedAt", (office) => bootstrappedAt(office), []],
  ["office/drain", "drainEvents", (office) => drainEvents({ office, handlers: { "looked-at": async () => {} }, report: () => {} }), ["events.primaryKey"]],
  ["office/commit", "copyRows", (office) => copyRows(office, [insertUser(office.primary, newUser())]), []],
  ["authentication/access", "tokensPage", (office) => tokensPage(office, user.id, { limit: 50, after: [id()] }), ["accessTokens_of_user"]],
  ["authentication/access", "tokenOf", (office) => tokenOf(office, user.id, token.id), ["accessTokens.primaryKey"]],
  ["authentication/access", "revokeToken", ({ primary }) => revokeToken(primary, token.id, actor, now), ["accessTokens.primaryKey"]],
  ["authentication/access", "revokeTokensOf", ({ primary }) => revokeTokensOf(primary, user.id, actor, now), ["accessTokens_of_user"]],
  ["authentication/oauth", "activeClient", (office) => oauth.activeClient(office, client.id), ["oauthClients.primaryKey"]],
  ["authentication/oauth", "consentOf", (office) => oauth.consentOf(office, user.id, client.id), ["oauthConsents.primaryKey"]],
  ["authentication/oauth", "putConsent", ({ primary }) => oauth.putConsent(primary, { userId: user.id, clientId: client.id, scopes: [], at: now }), []],
  ["authentication/oauth", "insertCode", ({ primary }) => oauth.insertCode(primary, code), []],
  ["authentication/oauth", "dropCodes", ({ primary }) => oauth.dropCodes(primary, now), ["oauthCodes_by_expiry"]],
  ["authentication/oauth", "codeByHash", (office) => oauth.codeByHash(office, "h"), ["oauthCodes.primaryKey", "users.primaryKey"]],
  ["authentication/oauth", "useCode", ({ primary }) => oauth.useCode(primary, "h", now), ["oauthCodes.primaryKey"]],
  ["authentication/oauth", "insertFamily", ({ primary }) => oauth.insertFamily(primary, family), []],
  ["authentication/oauth", "standingFamily", (office) => oauth.standingFamily(office, family.id, now), ["oauthFamilies.primaryKey", "users.primaryKey"]],
  ["authentication/oauth", "rotateFamily", ({ primary }) => oauth.rotateFamily(primary, family, now), ["oauthFamilies.primaryKey"]],
  ["authentication/oauth", "endFamily", ({ primary }) => oauth.endFamily(primary, family.id, "revoked", now), ["oauthFamilies.primaryKey"]],
  ["authentication/oauth", "endFamiliesOf", ({ primary }) => oauth.endFamiliesOf(primary, user.id, "role-given", now), ["oauthFamilies_of_user"]],
  ["authentication/oauth", "holdersOfFamily", (office) => oauth.holdersOfFamily(office, family.id), ["oauthClients.primaryKey", "oauthFamilies.primaryKey", "roleAssignments_of_user", "users.primaryKey"]],
  ["authentication/oauth/clients", "insertClient", ({ primary }) => oauthClients.insertClient(primary, client), []],
  ["authentication/oauth/clients", "updateClient", ({ primary }) => oauthClients.updateClient(primary, client, { state: "suspended" }, actor, now), ["oauthClients.primaryKey"]],
  ["authentication/oauth/clients", "clientById", (office) => oauthClients.clientById(office, client.id), ["oauthClients.primaryKey"]],
  ["authentication/oauth/clients", "clientsPage", (office) => oauthClients.clientsPage(office, { limit: 50, after: [client.id] }), ["oauthClients.primaryKey"]],
  ["authentication/roles", "accountOf", (office) => accountOf(office, user.id), ["roleAssignments_of_user", "users.primaryKey"]],
  ["authentication/roles", "touchUser", ({ primary }) => touchUser(primary, account, actor, now), ["users.primaryKey"]],
  ["authentication/roles", "deleteAssignment", ({ primary }) => deleteAssignment(primary, user.id, { role: "super_admin", operator: null }), ["roleAssignments_by_role", "roleAssignments_of_user", "users.primaryKey"]],
  ["authentication/roles", "isOnlyAdministrator", (office) => isOnlyAdministrator(office, user.id), ["roleAssignments_by_role", "users.primaryKey"]],
  ["users/accounts", "sealedOf", (office) => sealedOf(office, user.id), ["users.primaryKey"]],
  ["users/accounts", "wrappedKeysAfter", (office) => wrappedKeysAfter(office, user.id, 50), ["users.primaryKey"]],
  ["users/accounts", "replaceDataKey", ({ primary }) => replaceDataKey(primary, user.id, new Uint8Array(1), new Uint8Array(1)), ["users.primaryKey"]],
  ["users/accounts", "shredUser", ({ primary }) => shredUser(primary, { id: user.id, version: 1 }, actor, now), ["users.primaryKey"]],
  ["users/rewrapping", "lastPass", (office) => lastPass(office), ["rewraps.primaryKey"]],
  ["users/rewrapping", "insertPass", ({ primary }) => insertPass(primary, pass), []],
  ["users/rewrapping", "movePass", ({ primary }) => movePass(primary, pass, pass, actor, now), ["rewraps.primaryKey"]],
  ["users/rights", "requestsBy", requests({}, PAGE), ["dataRequests_open_by_urgency"], "its index holds the open ones alone, so that the walk ends where its limit does"],
  ["users/rights", "requestsBy", requests({ kind: "access", dueBefore: now }), ["dataRequests_open_by_urgency"]],
  ["users/rights", "requestsBy", requests({ state: "answered", kind: "access", dueBefore: now }), ["dataRequests_by_state"]],
  ["users/rights", "requestByReference", (office) => rights.requestByReference(office, "DR-1"), ["dataRequests_by_reference"]],
  ["users/rights", "requestsOf", (office) => rights.requestsOf(office, "p"), ["dataRequests_of_person"]],
  ["users/rights", "erasuresToLookAt", (office) => rights.erasuresToLookAt(office, now, 100), ["dataRequests_to_look_at"]],
  ["users/rights", "overdue", (office) => rights.overdue(office, now), ["dataRequests_open_by_urgency"]],
  ["users/rights", "insertRequest", ({ primary }) => rights.insertRequest(primary, request), []],
  ["users/rights", "updateRequest", ({ primary }) => rights.updateRequest(primary, request, { state: "in-progress" }, actor, now).exactlyOne, ["dataRequests.primaryKey"]],
  ["users/rights", "insertErased", ({ primary }) => rights.insertErased(primary, "p"), []],
  ["users/rights", "erasedAfter", (office) => rights.erasedAfter(office, "p", 50), ["erasedPersons.primaryKey"]],
  ["users/staff", "staffPage", (office) => staffPage(office, "op", { limit: 50, after: [user.id, "api_user"] }), ["roleAssignments_of_operator", "users.primaryKey"]],
  ["exclusions/office", "progressRow", ({ primary }) => listedExclusions.progressRow(primary), []],
  ["exclusions/office", "beginProgress", ({ primary }) => listedExclusions.beginProgress(primary, progress), []],
  ["exclusions/office", "moveProgress", ({ primary }) => listedExclusions.moveProgress(primary, progress, progress), []],
  ["exclusions/office", "forgetLog", ({ primary }) => listedExclusions.forgetLog(primary), []],
  ["exclusions/office", "readCopy", (office) => listedExclusions.readCopy(office, (database) => [listedExclusions.exclusionByReference(database, "r")]), ["exclusions_by_reference"]],
  ["exclusions/office", "putExclusions", ({ primary }) => listedExclusions.putExclusions(primary, [{ ...exclusion, identifiers: [] }]), ["exclusionChanges_of_exclusion"]],
  ["exclusions/office", "putChanges", ({ primary }) => listedExclusions.putChanges(primary, [{ ...origin, reference: "NSER-1" }]), []],
  ["exclusions/office", "dropOlder", ({ primary }) => listedExclusions.dropOlder(primary, 2), ["exclusionChanges_of_exclusion"], BY_GENERATION],
  ["exclusions/office", "dropPerson", ({ primary }) => listedExclusions.dropPerson(primary, "p"), ["exclusionChanges_of_exclusion", "exclusions_of_person"]],
  ["exclusions/office", "exclusionsPage", exclusions({}, PAGE), ["exclusions_by_start"]],
  ["exclusions/office", "exclusionsPage", exclusions({ from: 1, to: now }, LATER, "ascending"), ["exclusions_by_start"]],
  ["exclusions/office", "exclusionsPage", exclusions({ state: "active" }, LATER), ["exclusions_of_state"]],
  ["exclusions/office", "exclusionsPage", exclusions({ policy: "6m" }, LATER), ["exclusions_of_policy"]],
  ["exclusions/office", "exclusionsPage", exclusions({ state: "active", policy: "6m" }, LATER), ["exclusions_of_state_and_policy"]],
  ["exclusions/office", "exclusionsPage", exclusions({ state: "active", policy: "6m", from: 1, to: now }, LATER), ["exclusions_of_state_and_policy"]],
  ["exclusions/office", "exclusionsPage", exclusions({ state: "active", policy: "6m", from: 1, to: now }, LATER, "ascending"), ["exclusions_of_state_and_policy"]],
  ["exclusions/office", "exclusionByReference", ({ primary }) => listedExclusions.exclusionByReference(primary, "r"), ["exclusions_by_reference"]],
  ["exclusions/office", "lastChanges", ({ primary }) => listedExclusions.lastChanges(primary, "r", 50), ["exclusionChanges_of_exclusion"]],
  ["operators/office", "putOperators", ({ primary }) => listedOperators.putOperators(primary, [{ id: "op", name: "n", state: "active", requiredKinds: [], enrolledAt: now, generation: 1 }]), ["operatorChanges_of_operator", "operatorKeys_of_operator"]],
  ["operators/office", "putKeys", ({ primary }) => listedOperators.putKeys(primary, [{ ...key, scopes: [], networks: [] }]), []],
  ["operators/office", "putChanges", ({ primary }) => listedOperators.putChanges(primary, [{ ...origin, operator: "op", resource: "op" }]), []],
  ["operators/office", "dropOlder", ({ primary }) => listedOperators.dropOlder(primary, 2), ["operatorChanges_of_operator", "operatorKeys_of_operator"], BY_GENERATION],
  ["operators/office", "operatorsPage", ({ primary }) => listedOperators.operatorsPage(primary, { limit: 50, after: ["n", "op"] }), ["operators_by_name"]],
  ["operators/office", "operatorById", ({ primary }) => listedOperators.operatorById(primary, "op"), ["operators.primaryKey"]],
  ["operators/office", "keysPage", ({ primary }) => listedOperators.keysPage(primary, "op", { limit: 50, after: [now, "k"] }), ["operatorKeys_of_operator"]],
  ["operators/office", "lastChanges", ({ primary }) => listedOperators.lastChanges(primary, "op", 50), ["operatorChanges_of_operator"]],
  ["compliance", "listEntries", entries({}), ["auditEntries_by_time"]],
  ["compliance", "listEntries", entries({}, DEEP), ["auditEntries_by_time"]],
  ["compliance", "listEntries", entries({ from: 1, to: now }, DEEP), ["auditEntries_by_time"]],
  ["compliance", "listEntries", entries({ resource }), ["auditEntries_of_resource"]],
  ["compliance", "listEntries", entries({ resource, from: 1, to: now }, DEEP), ["auditEntries_of_resource"]],
  ["compliance", "listEntries", entries({ resource, actor }), ["auditEntries_of_resource"]],
  ["compliance", "listEntries", entries({ resource, actor, from: 1, to: now }, DEEP), ["auditEntries_of_resource"]],
  ["compliance", "listEntries", entries({ actor }), ["auditEntries_of_actor"]],
  ["compliance", "listEntries", entries({ actor, from: 1, to: now }, DEEP), ["auditEntries_of_actor"]],
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
