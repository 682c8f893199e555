/**
 * Every query of the office: the store and its function, how it is asked, and the indexes its plan must use, in
 * alphabetical order; last, where it cannot be otherwise, why a plan may sort or go through what it asks of. A function of
 * a store that is not here fails the tests, and so does an index nothing here uses.
 */
import {
  BY_CREATION as TOKENS_BY_CREATION, bootstrappedAt, holdersOf, insertBootstrap, insertToken, revokeToken, revokeTokensOf, tokenOf, tokensPage,
} from "../../src/domains/authentication/access/store.ts";
import * as hashes from "../../src/domains/authentication/passwords/store.ts";
import * as sessions from "../../src/domains/authentication/sessions/store.ts";
import * as signIn from "../../src/domains/authentication/sign-in/store.ts";
import * as own from "../../src/domains/authentication/account/store.ts";
import { BY_TIME, type EntryFilter, listEntries } from "../../src/domains/compliance/store.ts";
import * as factors from "../../src/domains/authentication/factors/store.ts";
import { deviceByHash, proveAgain } from "../../src/domains/authentication/sessions/store.ts";
import * as passkeyStore from "../../src/domains/authentication/passkeys/store.ts";
import * as passwords from "../../src/domains/authentication/passwords/store.ts";
import * as oauthClients from "../../src/domains/authentication/oauth/clients/store.ts";
import * as oauth from "../../src/domains/authentication/oauth/store.ts";
import * as desk from "../../src/domains/exclusions/desk/store.ts";
import * as cases from "../../src/domains/exclusions/cases/store.ts";
import * as listedExclusions from "../../src/domains/exclusions/office/store.ts";
import * as statistics from "../../src/domains/exclusions/statistics/store.ts";
import * as listedOperators from "../../src/domains/operators/office/store.ts";
import {
  accountOf, BY_CREATION, deleteAssignment, insertAssignment, insertUser, listUsers, presentAccountOf, replaceDataKey, sealedOf, shredUser, updateUser, type UserFilter,
  wrappedKeysAfter,
} from "../../src/domains/users/accounts/store.ts";
import * as canaries from "../../src/domains/tokens/canaries/store.ts";
import * as quarantines from "../../src/domains/tokens/quarantines/store.ts";
import * as tokenStatistics from "../../src/domains/tokens/statistics/store.ts";
import * as links from "../../src/domains/exclusions/links/store.ts";
import * as lookups from "../../src/domains/tokens/lookups/store.ts";
import * as claims from "../../src/domains/users/claims/store.ts";
import * as people from "../../src/domains/users/people/store.ts";
import { insertPass, lastPass, movePass } from "../../src/domains/users/rewrapping/store.ts";
import * as rights from "../../src/domains/users/rights/store.ts";
import { BY_ASSIGNMENT, type StaffFilter, staffPage } from "../../src/domains/users/staff/store.ts";
import { giveSalt, setLeaf, waitingEntries } from "../../src/office/outbox.ts";
import { TellLog } from "../../src/office/tell-log.ts";
import { systemActor } from "../../src/kernel/actor.ts";
import { uuidv7 } from "../../src/kernel/ids.ts";
import { random } from "../../src/objects/shell.ts";
import { createdBy } from "../../src/office/columns.ts";
import { type Change, commit, copyRows, once } from "../../src/office/commit.ts";
import type { Office } from "../../src/office/database.ts";
import { drainEvents } from "../../src/office/drain.ts";
import type { Cursor, Order, PageQuery } from "../../src/office/page.ts";
import { UNTOUCHED } from "../support/exclusions.ts";

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

const target = { ...user, deletedAt: null, assignments: [{ role: "super_admin", operator: null }], anotherAdministrator: true } as const;
const resource = "user/1";

const link = {
  id: id(), userId: user.id, kind: "activation", reason: "no-password", hash: "h", createdAt: now, createdBy: "system:test", expiresAt: now, usedAt: null,
} as const;
const pass = { ...user, keyId: "1", next: null, tally: {} as never, finishedAt: null };
const claim = {
  ...createdBy(actor, now, random), reference: "PC-1", state: "open", concern: "no-document", resembles: false, box: null, decidedAt: null, decidedBy: null, reason: null,
} as const;
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
const progress = { version: 1, logId: "log", position: 1, generation: 1, wholeGeneration: 1, asOf: now, movedAt: now };
const origin = { id: id(), at: now, action: "a", channel: "api", position: 1, sequence: 1, payload: {}, generation: 1 };
const exclusion = {
  id: id(), reference: "NSER-1", personId: "p", state: "active", policy: "6m", policyVersion: 1, endMode: "automatic", channel: "web", startedAt: now,
  endsAt: null, ...UNTOUCHED, generation: 1,
} as const;
const key = {
  id: "k", operator: "op", state: "active", expiresAt: null, perSecond: 1, perDay: 1, issuedAt: now, revokedAt: null, generation: 1,
} as const;
const totp = { id: id(), userId: user.id, sessionId: "s", sealedSecret: new Uint8Array(1), createdAt: now, lastStep: 0 };
const codes = () => [{ id: id(), userId: user.id, hash: id(), createdAt: now }];
const passkey = {
  id: id(), userId: user.id, credentialId: "c", publicKey: new Uint8Array(1), counter: 0, transports: "[]", label: "l", createdAt: now, usedAt: null,
};
const request: rights.StoredRequest = {
  ...user, id: id(), reference: "DR-1", personId: "p", kind: "access", state: "received", subject: null, receivedAt: now, dueAt: now,
  decidedAt: null, decidedBy: null, reasons: [], completeAt: null, lookAgainAt: null,
};

const verification = { id: id(), userId: user.id, method: "passport", verdict: "verified", reason: "seen-in-person", at: now, by: "system:test" } as const;

const read = (order: Order, after: Cursor | null): PageQuery => ({ order, limit: 50, after });

/** A list is asked for in each of its orders, from its beginning, perhaps `despite` a fault, and from a place in it. */
const eachWay = (
  store: string, name: string, orders: Record<string, Order>, place: Cursor, ask: (office: Office, page: PageQuery) => unknown, uses: readonly string[], despite?: string,
): Query[] =>
  Object.values(orders).flatMap((order): Query[] => [
    [store, name, (office) => ask(office, read(order, null)), uses, ...(despite === undefined ? [] as const : [despite] as const)],
    [store, name, (office) => ask(office, read(order, place)), uses],
  ]);

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
const claimsIn = (filter: claims.ClaimFilter, index: string, despite?: string) =>
  eachWay("users/claims", "claimsBy", claims.BY_AGE, PLACE, (office, page) => claims.claimsBy(office, filter, page), [index], despite);
const quarantinesIn = (state: "open" | undefined, index: string) =>
  eachWay("tokens/quarantines", "quarantinesBy", quarantines.BY_SINCE, PLACE, (office, page) => quarantines.quarantinesBy(office, state, page), [index]);
const alarmsOf = (operator: string | undefined, index: string) =>
  eachWay("tokens/canaries", "alarmsBy", canaries.BY_TIME, PLACE, (office, page) => canaries.alarmsBy(office, operator, page), [index]);
const quarantine = { id: id(), rule: "canary", reason: "r", evidence: {}, since: now, by: "system:test" } as const;
const canary = { ...user, id: id(), kind: "msisdn", value: new Uint8Array(1), note: "n", excluded: false, retiredAt: null } as const;
const alarm = { id: id(), operator: "op", canary: canary.id, how: "checked", purpose: "bet", at: now } as const;
const FIRST_OPEN = "its index holds those that are not over alone, so that the walk ends where its limit does";
const casesIn = (filter: cases.CaseQuery, index: string, despite?: string) =>
  eachWay("exclusions/cases", "casesBy", cases.BY_URGENCY, PLACE, (office, page) => cases.casesBy(office, filter, page), [index], despite);
const lookupsIn = (filter: lookups.LookupFilter, index: string) =>
  eachWay("tokens/lookups", "lookupsBy", lookups.BY_ASKING, PLACE, (office, page) => lookups.lookupsBy(office, filter, page), [index]);
const lookup: lookups.StoredLookup = {
  ...user, id: id(), state: "pending", operator: "op", tokenKey: "k", reason: "r", decidedAt: null, decidedBy: null, decisionReason: null, until: now, readAt: null,
};
const looked = { id: id(), name: "n", at: now, by: "user:u", reason: "r" };
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
const operators = (state: "active" | undefined, index: string) =>
  eachWay("operators/office", "operatorsPage", listedOperators.BY_NAME, ["n", "op"], ({ primary }, page) => listedOperators.operatorsPage(primary, state, page), [index]);
const keys = (state?: "active") =>
  eachWay("operators/office", "keysPage", listedOperators.BY_ISSUE, PLACE, ({ primary }, page) => listedOperators.keysPage(primary, "op", state, page), ["operatorKeys_of_operator"]);
const staff = (filter: StaffFilter) =>
  eachWay("users/staff", "staffPage", BY_ASSIGNMENT, [id()], (office, page) => staffPage(office, "op", filter, page), ["roleAssignments_of_operator", "users.primaryKey"]);
const somewhere = { network: null, agent: null, country: null, county: null };
const device = { id: "d", userId: user.id, hash: "h", firstSeenAt: now, lastSeenAt: now, signIns: 1, trustedAt: null, blockedAt: null, ...somewhere };
const session = {
  id: id(), userId: user.id, deviceId: "d", hash: "h", stage: "full", first: "password", second: null, createdAt: now, provenAt: now, seenAt: now, expiresAt: now, ...somewhere,
} as const;
const aTry = { id: id(), at: now, method: "password", outcome: "wrong", reasons: [], deviceId: null, ...somewhere } as const;
/** What an account is secured by, beside the account. */
const SECURED = ["passkeys_of_user", "passwords.primaryKey", "roleAssignments_of_user", "totps_of_user"];
const browser = { id: "d", userId: user.id, hash: "h", firstSeenAt: now, lastSeenAt: now, signIns: 1, trustedAt: null, blockedAt: now, network: null, agent: null, country: null, county: null };
const BY_GENERATION = "once a rebuild, in the one batch that ends it: every row is looked at";

const counted = { version: 1, generation: 1, position: 1, recountFrom: null, asOf: now };
const SPAN = { from: 1, until: now };
const SOME_DAYS = { from: "2026-11-01", to: "2026-11-30" };
const DAY_KEYS = ["exclusionStatistics.primaryKey", "exclusionWaits.primaryKey", "exclusionsInForce.primaryKey"];
const OF_DAYS = "adds up a few rows a day, not one for each exclusion";

const client = { ...user, name: "c", state: "active", secretHash: null, redirectUris: [], scopes: [], grants: [], operator: null } as const;
const code = { hash: "h", clientId: client.id, userId: user.id, redirectUri: "", scopes: [], challenge: "", familyId: id(), expiresAt: now, usedAt: null };
const family = { id: id(), clientId: client.id, userId: user.id, scopes: [], generation: 1, createdAt: now, rotatedAt: now, expiresAt: now, endedAt: null, ending: null };

export const QUERIES: readonly Query[] = [
  ["office/commit", "commit", (office) => commit(office, { ...change, rows: [{ exactlyOne: insertUser(office.primary, newUser()) }] }, { now, random }), []],
  ["office/commit", "once", (office) => once(office, { id: id(), fingerprint: "f" }, { now, random }, async () => change), ["commands.primaryKey"]],
  ["users/accounts", "insertUser", ({ primary }) => insertUser(primary, newUser()), []],
  ["users/accounts", "insertAssignment", ({ primary }) => insertAssignment(primary, assignment), []],
  ["users/accounts", "accountOf", (office) => accountOf(office, user.id), ["roleAssignments_by_role", "roleAssignments_of_user", "users.primaryKey"]],
  ...accounts({ deleted: false }, "users_by_time"),
  ...accounts({ deleted: true, state: "suspended" }, "users_of_state"),
  ["users/accounts", "updateUser", ({ primary }) => updateUser(primary, target, { state: "active" }, false), ["users.primaryKey"]],
  ["users/accounts", "updateUser", ({ primary }) => updateUser(primary, target, { state: "suspended" }, true), ["roleAssignments_by_role", "users.primaryKey"]],
  ["authentication/access", "holdersOf", (office) => holdersOf(office, "h", now), ["accessTokens_by_hash", "roleAssignments_of_user", "users.primaryKey"]],
  ["authentication/access", "insertToken", ({ primary }) => insertToken(primary, token), []],
  ["authentication/access", "insertBootstrap", ({ primary }) => insertBootstrap(primary, user.id, now), []],
  ["authentication/access", "bootstrappedAt", (office) => bootstrappedAt(office), []],
  ["office/drain", "drainEvents", (office) => drainEvents({ office, handlers: { "looked-at": async () => {} }, report: () => {} }), ["events.primaryKey"]],
  ["office/outbox", "waitingEntries", (office) => waitingEntries(office, 5), ["auditEntries_waiting"]],
  ["office/outbox", "giveSalt", ({ primary }) => giveSalt(primary, 1, new Uint8Array(32)), ["auditEntries.primaryKey"]],
  ["office/outbox", "setLeaf", ({ primary }) => setLeaf(primary, 1, 1), ["auditEntries.primaryKey"]],
  ["office/tell-log", "TellLog", (office) => new TellLog({ office, log: { append: async () => ({ ok: false, refusal: "busy" }) }, clock: () => now, random, report: () => {} }).run(), ["auditEntries_waiting"]],
  ["office/commit", "copyRows", (office) => copyRows(office, [insertUser(office.primary, newUser())]), []],
  ...eachWay("authentication/access", "tokensPage", TOKENS_BY_CREATION, [id()], (office, page) => tokensPage(office, user.id, page), ["accessTokens_of_user"]),
  ["authentication/access", "tokenOf", (office) => tokenOf(office, user.id, token.id), ["accessTokens.primaryKey"]],
  ["authentication/access", "revokeToken", ({ primary }) => revokeToken(primary, token.id, actor, now), ["accessTokens.primaryKey"]],
  ["authentication/access", "revokeTokensOf", ({ primary }) => revokeTokensOf(primary, user.id, actor, now), ["accessTokens_of_user"]],
  ["users/accounts", "presentAccountOf", (office) => presentAccountOf(office, user.id), ["roleAssignments_by_role", "roleAssignments_of_user", "users.primaryKey"]],
  ["users/accounts", "deleteAssignment", ({ primary }) => deleteAssignment(primary, user.id, { role: "super_admin", operator: null }), ["roleAssignments_by_role", "roleAssignments_of_user", "users.primaryKey"]],
  ["users/accounts", "sealedOf", (office) => sealedOf(office, [user.id, id()]), ["users.primaryKey"]],
  ["authentication/sessions", "standing", (office) => sessions.standing(office, "h"), ["devices.primaryKey", "roleAssignments_of_user", "sessions_by_hash", "users.primaryKey"]],
  ["authentication/sessions", "insertSession", ({ primary }) => sessions.insertSession(primary, session), []],
  ["authentication/sessions", "keepDevice", ({ primary }) => sessions.keepDevice(primary, device), []],
  ["authentication/sessions", "seeAgain", ({ primary }) => sessions.seeAgain(primary, session.id, now), ["sessions.primaryKey"]],
  ["authentication/sessions", "endSession", ({ primary }) => sessions.endSession(primary, session.id, "signed-out", now), ["sessions.primaryKey"]],
  ["authentication/sessions", "replaceSession", ({ primary }) => sessions.replaceSession(primary, "h", now), ["sessions_by_hash"]],
  ["authentication/passwords", "insertPassword", ({ primary }) => hashes.insertPassword(primary, { userId: user.id, sealedHash: new Uint8Array(1), changedAt: now }), []],
  ["authentication/passwords", "keepHash", ({ primary }) => hashes.keepHash(primary, user.id, new Uint8Array(1), new Uint8Array(1)), ["passwords.primaryKey"]],
  ["authentication/sign-in", "countAttempt", ({ primary }) => signIn.countAttempt(primary, "k", now, now, 5), []],
  ["authentication/sign-in", "forgetAttempts", ({ primary }) => signIn.forgetAttempts(primary, "k"), ["attempts.primaryKey"]],
  ["authentication/sign-in", "attemptsOn", (office) => signIn.attemptsOn(office, ["k", "l"]), ["attempts.primaryKey"]],
  ["authentication/sign-in", "forgetAttemptsOn", ({ primary }) => signIn.forgetAttemptsOn(primary, ["k", "l"]), ["attempts.primaryKey"]],
  ["authentication/sign-in", "insertSignIn", ({ primary }) => signIn.insertSignIn(primary, { userId: user.id, ...aTry }), []],
  ["authentication/sign-in", "noteTry", ({ primary }) => signIn.noteTry(primary, "k", aTry), ["users_by_phone"]],
  ["authentication/sign-in", "accountByPhone", (office) => signIn.accountByPhone(office, "k", "h", "KE"), [
    "devices_by_hash", "devices_of_user", "passkeys_of_user", "passwords.primaryKey", "roleAssignments_of_user", "totps_of_user", "users_by_phone",
  ]],
  ["authentication/sign-in", "isTaken", (office) => signIn.isTaken(office, "k"), ["users_by_phone"]],
  ["authentication/factors", "heldBy", (office) => factors.heldBy(office, user.id), ["passkeys_of_user", "passwords.primaryKey", "recoveryCodes_of_user", "totps_of_user", "users.primaryKey"]],
  ["authentication/factors", "pendingTotp", (office) => factors.pendingTotp(office, user.id), ["totps_of_user"]],
  ["authentication/factors", "insertTotp", ({ primary }) => factors.insertTotp(primary, totp), []],
  ["authentication/factors", "deletePendingTotp", ({ primary }) => factors.deletePendingTotp(primary, user.id), ["totps_of_user"]],
  ["authentication/factors", "confirmTotp", ({ primary }) => factors.confirmTotp(primary, totp.id, 1, now), ["totps.primaryKey"]],
  ["authentication/factors", "deleteConfirmedTotp", ({ primary }) => factors.deleteConfirmedTotp(primary, user.id), ["totps_of_user"]],
  ["authentication/factors", "deleteTotpBesidePasskey", ({ primary }) => factors.deleteTotpBesidePasskey(primary, user.id), ["passkeys_of_user", "totps_of_user"]],
  ["authentication/factors", "takeStep", ({ primary }) => factors.takeStep(primary, totp.id, 1), ["totps.primaryKey"]],
  ["authentication/factors", "hasRecoveryCode", (office) => factors.hasRecoveryCode(office, user.id, "h"), ["recoveryCodes_of_user"]],
  ["authentication/factors", "useRecoveryCode", ({ primary }) => factors.useRecoveryCode(primary, user.id, "h", now), ["recoveryCodes_of_user"]],
  ["authentication/factors", "insertRecoveryCodes", ({ primary }) => factors.insertRecoveryCodes(primary, codes()), []],
  ["authentication/factors", "deleteRecoveryCodes", ({ primary }) => factors.deleteRecoveryCodes(primary, user.id), ["recoveryCodes_of_user"]],
  ["authentication/factors", "deleteRecoveryCodesAlone", ({ primary }) => factors.deleteRecoveryCodesAlone(primary, user.id), ["passkeys_of_user", "recoveryCodes_of_user"]],
  ["authentication/sessions", "deviceByHash", (office) => deviceByHash(office, user.id, "h"), ["devices_by_hash"]],
  ["authentication/sessions", "proveAgain", ({ primary }) => proveAgain(primary, id(), now), ["sessions.primaryKey"]],
  ["authentication/passwords", "accountByPhone", (office) => passwords.accountByPhone(office, "k"), [...SECURED, "users_by_phone"]],
  ["authentication/passwords", "accountById", (office) => passwords.accountById(office, user.id), [...SECURED, "users.primaryKey"]],
  ["authentication/passwords", "changeAccount", ({ primary }) => passwords.changeAccount(primary, { ...user, dataKey: null, sealedProfile: null }, {}, actor, now), ["users.primaryKey"]],
  ["authentication/passwords", "putPassword", ({ primary }) => passwords.putPassword(primary, { userId: user.id, sealedHash: new Uint8Array(1), changedAt: now }), []],
  ["authentication/passwords", "linkByHash", (office) => passwords.linkByHash(office, "h"), ["passwordLinks_by_hash"]],
  ["authentication/passwords", "insertLink", ({ primary }) => passwords.insertLink(primary, link), []],
  ["authentication/passwords", "useLink", ({ primary }) => passwords.useLink(primary, link.id, now), ["passwordLinks.primaryKey"]],
  ["authentication/passwords", "voidLinksOf", ({ primary }) => passwords.voidLinksOf(primary, user.id, now), ["passwordLinks_of_user"]],
  ["authentication/passwords", "removeFactorsOf", ({ primary }) => passwords.removeFactorsOf(primary, user.id), ["passkeys_of_user", "recoveryCodes_of_user", "totps_of_user"]],
  ["authentication/sessions", "endSessionsOf", ({ primary }) => sessions.endSessionsOf(primary, user.id, "all-ended", now, "s"), ["sessions_of_user"]],
  ["authentication/sessions", "endSessionsOn", ({ primary }) => sessions.endSessionsOn(primary, "d", "device-blocked", now), ["sessions_of_device"]],
  ["authentication/sessions", "sessionOfAccount", (office) => sessions.sessionOfAccount(office, user.id, "s"), ["sessions.primaryKey"]],
  ["authentication/sessions", "deviceOfAccount", (office) => sessions.deviceOfAccount(office, user.id, "d"), ["devices.primaryKey"]],
  ["authentication/sessions", "changeDevice", ({ primary }) => sessions.changeDevice(primary, browser, { trustedAt: now }), ["devices.primaryKey"]],
  ...eachWay("authentication/sessions", "sessionsPage", sessions.BY_BEGINNING, PLACE, (office, page) => sessions.sessionsPage(office, user.id, now, page), ["sessions_of_user"]),
  ...eachWay("authentication/sessions", "devicesPage", sessions.BY_LAST_SEEN, PLACE, (office, page) => sessions.devicesPage(office, user.id, page), ["devices_of_user"]),
  ["authentication/account", "accountFacts", (office) => own.accountFacts(office, user.id), ["passkeys_of_user", "passwords.primaryKey", "recoveryCodes_of_user", "totps_of_user", "users.primaryKey"]],
  ["authentication/account", "accountRow", (office) => own.accountRow(office, user.id), ["users.primaryKey"]],
  ["authentication/account", "setPhoneProven", ({ primary }) => own.setPhoneProven(primary, { phoneKey: "k", id: user.id, version: 1 } as own.AccountRow, { phoneProvenAt: now }), ["users.primaryKey"]],
  ["authentication/account", "operatorNames", (office) => own.operatorNames(office, ["op", "another"]), ["operators.primaryKey"]],
  ...eachWay("authentication/account", "signInsPage", own.SIGN_INS_BY_TIME, PLACE, (office, page) => own.signInsPage(office, user.id, page), ["signIns_of_user"]),
  ...eachWay("authentication/account", "deedsPage", own.DEEDS_BY_TIME, [5_000, 70], (office, page) => own.deedsPage(office, user.id, page), ["auditEntries_of_actor"]),
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
  ...eachWay("authentication/oauth/clients", "clientsPage", oauthClients.BY_CREATION, [id()], (office, page) => oauthClients.clientsPage(office, page), ["oauthClients.primaryKey"]),
  ["users/accounts", "wrappedKeysAfter", (office) => wrappedKeysAfter(office, user.id, 50), ["users.primaryKey"]],
  ["users/accounts", "replaceDataKey", ({ primary }) => replaceDataKey(primary, user.id, new Uint8Array(1), new Uint8Array(1)), ["users.primaryKey"]],
  ["users/accounts", "shredUser", ({ primary }) => shredUser(primary, { id: user.id, version: 1 }, actor, now), ["users.primaryKey"]],
  ["users/people", "idByKey", (office) => people.idByKey(office, "emailKey", "k"), ["users_by_email"]],
  ["users/people", "idByKey", (office) => people.idByKey(office, "phoneKey", "k"), ["users_by_phone"]],
  ["users/people", "isThere", (office) => people.isThere(office, user.id), ["users.primaryKey"]],
  ["users/people", "latestSignIns", (office) => people.latestSignIns(office, user.id, 10), ["signIns_of_user"]],
  ["users/people", "latestVerification", (office) => people.latestVerification(office, user.id), ["identityVerifications_of_user"]],
  ["users/people", "insertVerification", ({ primary }) => people.insertVerification(primary, verification), []],
  ...eachWay("users/people", "verificationsPage", people.BY_TIME, PLACE, (office, page) => people.verificationsPage(office, user.id, page), ["identityVerifications_of_user"]),
  ["users/rewrapping", "lastPass", (office) => lastPass(office), ["rewraps.primaryKey"]],
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
  ...claimsIn({ state: "released" }, "phoneClaims_by_state"),
  ...claimsIn({}, "phoneClaims_open_by_age", "its index holds the open ones alone, so that the walk ends where its limit does"),
  ...lookupsIn({}, "tokenLookups_by_time"),
  ...lookupsIn({ state: "pending" }, "tokenLookups_of_state"),
  ["tokens/lookups", "lookupById", (office) => lookups.lookupById(office, "l"), ["tokenLookups.primaryKey"]],
  ["tokens/lookups", "lookupsSince", (office) => lookups.lookupsSince(office, "user:u", now, 10), ["tokenLookups_of_officer"]],
  ["tokens/lookups", "lookupsToExpire", (office) => lookups.lookupsToExpire(office, now, 50), ["tokenLookups_to_expire"]],
  ["tokens/lookups", "insertLookup", ({ primary }) => lookups.insertLookup(primary, lookup), []],
  ["tokens/lookups", "updateLookup", ({ primary }) => lookups.updateLookup(primary, lookup, { state: "refused" }, actor, now).exactlyOne, ["tokenLookups.primaryKey"]],
  ["exclusions/links", "lookedAmong", (office) => links.lookedAmong(office, ["n"]), ["lookedAtCrossReferences_by_name"]],
  ["exclusions/links", "insertLooked", ({ primary }) => links.insertLooked(primary, looked), []],
  ["exclusions/links", "accountsWith", (office) => links.accountsWith(office, ["k"]), ["users_by_phone"]],
  ["exclusions/links", "devicesOf", (office) => links.devicesOf(office, ["u"]), ["devices_by_hash"]],
  ["exclusions/links", "devicesBeside", (office) => links.devicesBeside(office, ["h"], ["u"]), ["devices_of_browser", "users.primaryKey"]],
  ["users/claims", "claimByReference", (office) => claims.claimByReference(office, "PC-1"), ["phoneClaims_by_reference"]],
  ["users/claims", "claimById", (office) => claims.claimById(office, "c"), ["phoneClaims.primaryKey"]],
  ["users/claims", "openBoxes", (office) => claims.openBoxes(office, 100), ["phoneClaims_open_by_age"], "its index holds the open ones alone"],
  ["users/claims", "insertClaim", ({ primary }) => claims.insertClaim(primary, claim), []],
  ["users/claims", "updateClaim", ({ primary }) => claims.updateClaim(primary, claim, { state: "refused", decidedAt: now }, actor, now).exactlyOne, ["phoneClaims.primaryKey"]],
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
  ["authentication/passkeys", "insertCeremony", ({ primary }) => passkeyStore.insertCeremony(primary, { id: id(), kind: "sign-in", challenge: "c", expiresAt: now }), []],
  ["authentication/passkeys", "dropCeremonies", ({ primary }) => passkeyStore.dropCeremonies(primary, now), ["ceremonies_by_expiry"]],
  ["authentication/passkeys", "ceremonyOf", (office) => passkeyStore.ceremonyOf(office, id()), ["ceremonies.primaryKey"]],
  ["authentication/passkeys", "useCeremony", ({ primary }) => passkeyStore.useCeremony(primary, id(), now), ["ceremonies.primaryKey"]],
  ["authentication/passkeys", "holderOf", (office) => passkeyStore.holderOf(office, user.id), ["passkeys_of_user", "totps_of_user", "users.primaryKey"]],
  ["authentication/passkeys", "passkeysOf", (office) => passkeyStore.passkeysOf(office, user.id), ["passkeys_of_user"]],
  ["authentication/passkeys", "passkeyByCredential", (office) => passkeyStore.passkeyByCredential(office, "c", "h", "KE"), ["devices_by_hash", "devices_of_user", "passkeys_by_credential", "users.primaryKey"]],
  ["authentication/passkeys", "insertPasskey", ({ primary }) => passkeyStore.insertPasskey(primary, passkey), []],
  ["authentication/passkeys", "onlyWithoutFactor", ({ primary }) => passkeyStore.onlyWithoutFactor(primary, user.id), ["passkeys_of_user", "totps_of_user", "users.primaryKey"]],
  ["authentication/passkeys", "advancePasskey", ({ primary }) => passkeyStore.advancePasskey(primary, passkey, 1, now), ["passkeys.primaryKey"]],
  ["authentication/passkeys", "labelPasskey", ({ primary }) => passkeyStore.labelPasskey(primary, user.id, passkey.id, "l"), ["passkeys.primaryKey"]],
  ["authentication/passkeys", "deletePasskey", ({ primary }) => passkeyStore.deletePasskey(primary, user.id, passkey.id, true), ["passkeys.primaryKey", "passkeys_of_user", "totps_of_user"]],
  ["authentication/passkeys", "deleteNeedlessCodes", ({ primary }) => passkeyStore.deleteNeedlessCodes(primary, user.id), ["passkeys_of_user", "recoveryCodes_of_user", "totps_of_user"]],
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
  statisticsProgress: "one row: how far the figures are",
};
