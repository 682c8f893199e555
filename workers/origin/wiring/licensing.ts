import { carryApplications, sweepApplications } from "../../../src/domains/operators/applications/carry.ts";
import type { ApplicationRouteParts } from "../../../src/domains/operators/applications/routes.ts";
import type { WarningParts } from "../../../src/domains/operators/licensing/parts.ts";
import { sweepWords } from "../../../src/domains/operators/licensing/tell.ts";
import { sweepWarnings } from "../../../src/domains/operators/licensing/warn.ts";
import { carryInvitations, type InvitationCarryParts, sweepInvitations } from "../../../src/domains/users/invitations/carry.ts";
import type { Ground } from "./ground.ts";
import { failing } from "./report.ts";

/** What operators, their licences and their people are kept with; `afterwards` outlives the answer. */
export interface Licensing {
  applications: ApplicationRouteParts["applications"];
  licences: WarningParts;
  invitations: (afterwards: (work: Promise<unknown>) => void) => InvitationCarryParts;
}

const applicationFailed = failing("an operator's application was not carried out");
const invitationFailed = failing("an invitation was not carried on");

export function licensingOf({ office, register: directory, accounts, envelope, sms, clock, random }: Ground): Licensing {
  const licences = { office, directory, accounts, sms, clock, random, report: failing("a licence's word did not reach the register, or a warning its operator") };
  const invitations: Licensing["invitations"] = (afterwards) => {
    const filled = () => afterwards(carryInvitations(parts, invitationFailed));
    const parts: InvitationCarryParts = { office, directory, accounts, envelope, sms, clock, random, filled };
    return parts;
  };
  const applications: Licensing["applications"] = (afterwards) => {
    const filled = () => afterwards(carryApplications(parts).then(() => carryInvitations(invitations(afterwards), invitationFailed)));
    const parts: ReturnType<Licensing["applications"]> = { office, directory, accounts, envelope, clock, random, report: applicationFailed, filled };
    return parts;
  };
  return { applications, licences, invitations };
}

/** Each minute, what applications, licences and invitations left behind. */
export const sweepLicensing = ({ applications, licences, invitations }: Licensing): Promise<unknown> =>
  Promise.all([
    sweepApplications(applications(nothing)).then(() => sweepInvitations(invitations(nothing), invitationFailed)).catch(applicationFailed),
    sweepWords(licences).catch(licences.report),
    sweepWarnings(licences).catch(licences.report),
  ]);

/** Nothing is left to do after a sweep. */
const nothing = (): void => undefined;
