import * as applications from "../../../src/domains/operators/applications/store.ts";
import * as history from "../../../src/domains/operators/history/store.ts";
import * as licences from "../../../src/domains/operators/licensing/store.ts";
import * as invitations from "../../../src/domains/users/invitations/store.ts";
import * as staff from "../../../src/domains/users/staff/store.ts";
import { actor, eachWay, id, now, PLACE, type Query, read, user } from "./asked.ts";

const application: applications.StoredApplication = {
  ...user, id: id(), reference: "OA-1", state: "received", name: "n", tradingName: null, registrationNumber: "r", website: null, address: "a", licenceType: "lottery", kinds: [],
  declaredCustomers: 0, recommendation: null, recommendedBy: null, recommendedReason: null, proposedUntil: null, proposedConditions: null, decidedAt: null, decidedBy: null,
  decisionReason: null, operator: null, contact: new Uint8Array(1), keyId: "1",
};
export const aLicence: licences.StoredLicence = {
  ...user, id: id(), number: "LIC-1", operator: "op", operatorApplicationId: null, type: "lottery", conditions: [], requiredKinds: [], issuedAt: now, expiresAt: now + 1, state: "in-force",
  supersededAt: null,
};
const invitation: invitations.StoredInvitation = {
  ...user, id: id(), operator: "op", role: "operator_user", state: "open", expiresAt: now, phoneKey: "p", userId: null, contact: new Uint8Array(1), keyId: "1",
};
const applicationsIn = (state: "received" | undefined, index: string) =>
  eachWay("operators/applications", "applicationsBy", applications.BY_RECEIPT, PLACE, (office, page) => applications.applicationsBy(office, { state }, page), [index]);
const licencesIn = (filter: Omit<licences.LicenceFilter, "now">, index: string, despite?: string) =>
  eachWay("operators/licensing", "licencesBy", licences.BY_END, PLACE, (office, page) => licences.licencesBy(office, { ...filter, now }, page), [index], despite);
const SORTED = "few entries of one resource are of one instant: only those are sorted";

export const LICENSING: readonly Query[] = [
  ...applicationsIn(undefined, "operatorApplications_by_time"),
  ...applicationsIn("received", "operatorApplications_of_state"),
  ["operators/applications", "applicationByReference", (office) => applications.applicationByReference(office, "OA-1"), ["operatorApplications_by_reference"]],
  ["operators/applications", "countOfCompany", (office) => applications.countOfCompany(office, "r"), ["operatorApplications_of_company"]],
  ["operators/applications", "applicationsToEnrol", (office) => applications.applicationsToEnrol(office, 5), ["operatorApplications_to_enrol"]],
  ["operators/applications", "applicationsToErase", (office) => applications.applicationsToErase(office, now, 5), ["operatorApplications_to_erase"]],
  ["operators/applications", "applicationsUnderOtherKeys", (office) => applications.applicationsUnderOtherKeys(office, "1", 5), ["operatorApplications_by_key"]],
  ["operators/applications", "insertApplication", ({ primary }) => applications.insertApplication(primary, application), []],
  ["operators/applications", "updateApplication", ({ primary }) => applications.updateApplication(primary, application, { state: "in-review" }, actor, now).exactlyOne, ["operatorApplications.primaryKey"]],
  ["operators/applications", "replaceApplicationBox", ({ primary }) => applications.replaceApplicationBox(primary, "a", new Uint8Array(1), { keyId: "2" } as never), ["operatorApplications.primaryKey"]],
  ...licencesIn({}, "licences_by_end", "the index holds no other: the walk ends where its limit does"),
  ...licencesIn({ until: now }, "licences_by_end"),
  ...licencesIn({ standing: "lapsed" }, "licences_of_state_by_end"),
  ...licencesIn({ standing: "in-force", until: now }, "licences_of_state_by_end"),
  ...licencesIn({ standing: "revoked" }, "licences_of_state_by_end"),
  ["operators/licensing", "licenceOf", ({ primary }) => licences.licenceOf(primary, "op"), ["licences_one_an_operator"]],
  ["operators/licensing", "licenceToDecide", (office) => licences.licenceToDecide(office, "op"), ["licences_one_an_operator"]],
  ["operators/licensing", "livesOf", (office) => licences.livesOf(office, "op"), ["licenceSteps.primaryKey", "licences_of_operator"]],
  ["operators/licensing", "licencesOf", ({ primary }) => licences.licencesOf(primary, "op"), ["licences_of_operator"]],
  ["operators/licensing", "stepsOf", ({ primary }) => licences.stepsOf(primary, "l"), ["licenceSteps.primaryKey"]],
  ["operators/licensing", "licencesToWarn", (office) => licences.licencesToWarn(office, { days: 30, after: 1, until: now }, 5), ["licenceWarnings.primaryKey", "licences_of_state_by_end"]],
  ["operators/licensing", "warningsOf", ({ primary }) => licences.warningsOf(primary, aLicence), ["licenceWarnings.primaryKey"]],
  ["operators/licensing", "licencesUntold", (office) => licences.licencesUntold(office, 5), ["licences_by_end", "operators.primaryKey"], "each operator's licence is held against what Register says: some hundreds"],
  ["operators/licensing", "insertLicence", ({ primary }) => licences.insertLicence(primary, aLicence), []],
  ["operators/licensing", "insertStep", ({ primary }) => licences.insertStep(primary, { licenceId: aLicence.id, number: 1, event: "issued", at: now, by: "b", reason: "r", expiresAt: now }), []],
  ["operators/licensing", "insertWarning", ({ primary }) => licences.insertWarning(primary, { licenceId: aLicence.id, expiresAt: now, days: 1, at: now }), []],
  ["operators/licensing", "updateLicence", ({ primary }) => licences.updateLicence(primary, aLicence, { state: "suspended" }, actor, now).exactlyOne, ["licences.primaryKey"]],
  ...eachWay("operators/history", "changesPage", history.BY_TIME, PLACE, ({ primary }, page) => history.changesPage(primary, "op", page), ["operatorChanges_by_time"]),
  ...Object.values(history.BY_TIME).flatMap((order) => [null, PLACE].map((place): Query =>
    ["operators/history", "entriesPage", ({ primary }) => history.entriesPage(primary, "op", read(order, place)), ["auditEntries_of_resource"], SORTED])),
  ["operators/history", "historyOf", (office) => history.historyOf(office, "op", read(history.BY_TIME.at, null)), ["auditEntries_of_resource", "operatorChanges_by_time"], SORTED],
  ...eachWay("users/invitations", "invitationsBy", invitations.BY_INVITING, PLACE, (office, page) => invitations.invitationsBy(office, "op", { state: "open" }, page), ["operatorInvitations_of_operator"]),
  ["users/invitations", "invitationById", (office) => invitations.invitationById(office, "i"), ["operatorInvitations.primaryKey"]],
  ["users/invitations", "openInvitationsOf", (office) => invitations.openInvitationsOf(office, "p", now), ["operatorInvitations_of_phone", "operators.primaryKey"]],
  ["users/invitations", "invitationsToLapse", (office) => invitations.invitationsToLapse(office, now, 5), ["operatorInvitations_to_lapse"]],
  ["users/invitations", "invitationsUnderOtherKeys", (office) => invitations.invitationsUnderOtherKeys(office, "1", 5), ["operatorInvitations_by_key"]],
  ["users/invitations", "insertInvitation", ({ primary }) => invitations.insertInvitation(primary, invitation), []],
  ["users/invitations", "endInvitation", ({ primary }) => invitations.endInvitation(primary, invitation, { state: "withdrawn" }, actor, now), ["operatorInvitations.primaryKey"]],
  ["users/invitations", "replaceInvitations", ({ primary }) => invitations.replaceInvitations(primary, invitation, actor, now), ["operatorInvitations_of_phone"]],
  ["users/invitations", "replaceInvitationBox", ({ primary }) => invitations.replaceInvitationBox(primary, "i", new Uint8Array(1), { contact: new Uint8Array(1), keyId: "2" }), ["operatorInvitations.primaryKey"]],
  ["users/staff", "hasAnotherAdministrator", (office) => staff.hasAnotherAdministrator(office, "op", "u"), ["roleAssignments_by_role", "users.primaryKey"]],
  ["users/staff", "administratorsOf", (office) => staff.administratorsOf(office, "op"), ["roleAssignments_by_role", "users.primaryKey"]],
  ["users/staff", "takeOperatorRole", ({ primary }) => staff.takeOperatorRole(primary, "u", { role: "operator_admin", operator: "op" }), ["roleAssignments_by_role", "roleAssignments_of_user", "users.primaryKey"]],
];
