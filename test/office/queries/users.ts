import { accountOf, BY_CREATION, deleteAssignment, insertAssignment, insertUser, listUsers, presentAccountOf, replaceDataKey, sealedOf, shredUser, updateUser, type UserFilter, wrappedKeysAfter } from "../../../src/domains/users/accounts/store.ts";
import * as claims from "../../../src/domains/users/claims/store.ts";
import * as people from "../../../src/domains/users/people/store.ts";
import { insertPass, lastPass, movePass } from "../../../src/domains/users/rewrapping/store.ts";
import * as rights from "../../../src/domains/users/rights/store.ts";
import { BY_ASSIGNMENT, type StaffFilter, staffPage } from "../../../src/domains/users/staff/store.ts";
import { random } from "../../../src/objects/shell.ts";
import { createdBy } from "../../../src/office/columns.ts";
import type { Order } from "../../../src/office/page.ts";
import { actor, eachWay, id, newUser, now, PLACE, type Query, read, user } from "./asked.ts";

const assignment = { id: id(), userId: user.id, role: "grak_admin", operator: "", createdAt: now, createdBy: "system:test" } as const;
const target = { ...user, deletedAt: null, assignments: [{ role: "super_admin", operator: null }], anotherAdministrator: true } as const;
const pass = { ...user, keyId: "1", next: null, tally: {} as never, finishedAt: null };
const claim = {
  ...createdBy(actor, now, random), reference: "PC-1", state: "open", concern: "no-document", resembles: false, box: null, decidedAt: null, decidedBy: null, reason: null,
} as const;
const request: rights.StoredRequest = {
  ...user, id: id(), reference: "DR-1", personId: "p", kind: "access", state: "received", subject: null, receivedAt: now, dueAt: now,
  decidedAt: null, decidedBy: null, reasons: [], completeAt: null, lookAgainAt: null,
};
const verification = { id: id(), userId: user.id, method: "passport", verdict: "verified", reason: "seen-in-person", at: now, by: "system:test" } as const;
const accounts = (filter: UserFilter, index: string) =>
  eachWay("users/accounts", "listUsers", BY_CREATION, PLACE, (office, page) => listUsers(office, filter, page), [index]);
const requests = (filter: rights.RequestFilter, index: string) =>
  eachWay("users/rights", "requestsBy", rights.BY_URGENCY, PLACE, (office, page) => rights.requestsBy(office, filter, page), [index]);
const firstRequests = (order: Order, filter: rights.RequestFilter = {}): Query => [
  "users/rights", "requestsBy", (office) => rights.requestsBy(office, filter, read(order, null)), ["dataRequests_open_by_urgency"],
  "its index holds the open ones alone, so that the walk ends where its limit does",
];
const claimsIn = (filter: claims.ClaimFilter, index: string, despite?: string) =>
  eachWay("users/claims", "claimsBy", claims.BY_AGE, PLACE, (office, page) => claims.claimsBy(office, filter, page), [index], despite);
const staff = (filter: StaffFilter) =>
  eachWay("users/staff", "staffPage", BY_ASSIGNMENT, [id()], (office, page) => staffPage(office, "op", filter, page), ["roleAssignments_of_operator", "users.primaryKey"]);

export const USERS: readonly Query[] = [
  ["users/accounts", "insertUser", ({ primary }) => insertUser(primary, newUser()), []],
  ["users/accounts", "insertAssignment", ({ primary }) => insertAssignment(primary, assignment), []],
  ["users/accounts", "accountOf", (office) => accountOf(office, user.id), ["roleAssignments_by_role", "roleAssignments_of_user", "users.primaryKey"]],
  ...accounts({ deleted: false }, "users_by_time"),
  ...accounts({ deleted: true, state: "suspended" }, "users_of_state"),
  ["users/accounts", "updateUser", ({ primary }) => updateUser(primary, target, { state: "active" }, false), ["users.primaryKey"]],
  ["users/accounts", "updateUser", ({ primary }) => updateUser(primary, target, { state: "suspended" }, true), ["roleAssignments_by_role", "users.primaryKey"]],
  ["users/accounts", "presentAccountOf", (office) => presentAccountOf(office, user.id), ["roleAssignments_by_role", "roleAssignments_of_user", "users.primaryKey"]],
  ["users/accounts", "deleteAssignment", ({ primary }) => deleteAssignment(primary, user.id, { role: "super_admin", operator: null }), ["roleAssignments_by_role", "roleAssignments_of_user", "users.primaryKey"]],
  ["users/accounts", "sealedOf", (office) => sealedOf(office, [user.id, id()]), ["users.primaryKey"]],
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
  ...claimsIn({ state: "released" }, "phoneClaims_by_state"),
  ...claimsIn({}, "phoneClaims_open_by_age", "its index holds the open ones alone, so that the walk ends where its limit does"),
  ["users/claims", "claimByReference", (office) => claims.claimByReference(office, "PC-1"), ["phoneClaims_by_reference"]],
  ["users/claims", "claimById", (office) => claims.claimById(office, "c"), ["phoneClaims.primaryKey"]],
  ["users/claims", "openBoxes", (office) => claims.openBoxes(office, 100), ["phoneClaims_open_by_age"], "its index holds the open ones alone"],
  ["users/claims", "insertClaim", ({ primary }) => claims.insertClaim(primary, claim), []],
  ["users/claims", "updateClaim", ({ primary }) => claims.updateClaim(primary, claim, { state: "refused", decidedAt: now }, actor, now).exactlyOne, ["phoneClaims.primaryKey"]],
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
];
