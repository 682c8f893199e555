import { systemActor } from "../../../kernel/actor.ts";
import { DAY } from "../../../kernel/clock.ts";
import { commit } from "../../../office/commit.ts";
import { contactAnew, newInvitation, openContact } from "../../users/index.ts";
import { newLicence } from "../licensing/issue.ts";
import { tellRegister } from "../licensing/tell.ts";
import type { ApplicationParts } from "./parts.ts";
import {
  applicationsToEnrol, applicationsToErase, applicationsUnderOtherKeys, replaceApplicationBox, type StoredApplication, updateApplication,
} from "./store.ts";

const ITSELF = systemActor("operator-applications");
const AT_ONCE = 100;
/** Until when who spoke for a company is known after the decision. */
const KEPT = 365 * DAY;

/** Carries out what was approved, right after the decision and each minute. What fails stays, and comes again. */
export async function carryApplications(parts: ApplicationParts): Promise<void> {
  for (const found of await applicationsToEnrol(parts.office, AT_ONCE)) await enrol(parts, found).catch(parts.report);
}

/**
 * Register first, by the application's own id, so that one that was enrolled and not noted is not enrolled again; then, in one write,
 * what it is called, its licence, and its first administrator's invitation; then Register is told of the licence.
 */
async function enrol(parts: ApplicationParts, found: StoredApplication): Promise<void> {
  const { office, directory, envelope, clock, random } = parts;
  const { id, name, kinds: requiredKinds, declaredCustomers } = found;
  const enrolled = await directory.enrolOperator({ commandId: `operator-application ${id}`, fingerprint: id, name, requiredKinds, declaredCustomers, actor: ITSELF });
  if (!enrolled.ok) throw new Error(`an approved operator was not enrolled: ${enrolled.refusal}`);
  const { id: operator } = enrolled.operator;
  const now = clock();
  const terms = { type: found.licenceType, conditions: found.proposedConditions!, requiredKinds, expiresAt: found.proposedUntil! };
  const licence = newLicence(parts, { ...terms, operator, operatorApplicationId: id, reason: found.decisionReason! }, null, ITSELF, now);
  const contact = openContact(envelope, "operatorApplications", id, found.contact!);
  const invitation = newInvitation(parts, { operator, role: "operator_admin", contact }, ITSELF, now);
  const done = await commit(office, {
    actor: ITSELF,
    rows: [updateApplication(office.primary, found, { operator }, ITSELF, now), ...licence.rows, ...invitation.rows],
    audit: { action: "operator-application.carried-out", resource: `operator/${operator}`, payload: { reference: found.reference, number: licence.row.number, invitationId: invitation.row.id } },
    events: invitation.events,
    answer: {},
  }, { now, random });
  // Whoever was quicker did the same.
  if (done.ok) await tellRegister(parts, licence.row, ITSELF);
}

/** Each minute: what was left behind, whose contact nobody needs any more, and boxes under another key-encryption key. */
export async function sweepApplications(parts: ApplicationParts): Promise<void> {
  await carryApplications(parts);
  const { office, envelope, clock, random, report } = parts;
  const now = clock();
  for (const { reference, ...row } of await applicationsToErase(office, now - KEPT, AT_ONCE)) {
    const audit = { action: "operator-application.erased", resource: `operator-application/${reference}`, payload: {} };
    await commit(office, { actor: ITSELF, rows: [updateApplication(office.primary, row, { contact: null, keyId: null }, ITSELF, now)], audit, answer: {} }, { now, random }).catch(report);
  }
  for (const { id, contact } of await applicationsUnderOtherKeys(office, envelope.current, AT_ONCE)) {
    const anew = contactAnew(envelope, "operatorApplications", id, contact!);
    if (anew) await replaceApplicationBox(office.primary, id, contact!, anew);
  }
}
