import * as z from "zod";
import type { PhoneClaimRpc } from "../../src/domains/users/claims-rpc.ts";
import type { SignInRpc } from "../../src/domains/authentication/sign-in/rpc.ts";
import type { FactorsRpc } from "../../src/domains/authentication/factors/rpc.ts";
import type { PasskeysRpc } from "../../src/domains/authentication/passkeys/rpc.ts";
import type { PasswordsRpc } from "../../src/domains/authentication/passwords/rpc.ts";
import type { SessionsRpc } from "../../src/domains/authentication/sessions/rpc.ts";
import type { OAuthRpc } from "../../src/domains/authentication/oauth/rpc.ts";
import type { RightsRpc } from "../../src/domains/users/rights-rpc.ts";
import type { CasesRpc } from "../../src/domains/exclusions/cases/cases-rpc.ts";
import type { CitizenRpc } from "../../src/domains/exclusions/citizen-rpc.ts";
import { HelpLines } from "../../src/domains/exclusions/help-lines.ts";
import type { StaffCasesRpc } from "../../src/domains/exclusions/cases/staff-cases-rpc.ts";
import type { StaffAuditRpc } from "../../src/domains/compliance/desk/rpc.ts";
import type { SupervisionRpc } from "../../src/domains/compliance/supervision/rpc.ts";
import type { StaffExclusionsRpc } from "../../src/domains/exclusions/desk/rpc.ts";
import type { ConformanceDeskRpc } from "../../src/domains/operators/conformance/rpc.ts";
import type { OperatorDeskRpc } from "../../src/domains/operators/desk/rpc.ts";
import type { StaffPropagationRpc } from "../../src/domains/operators/propagation/rpc.ts";
import type { StaffUsersRpc } from "../../src/domains/users/people/rpc.ts";
import type { StatisticsRpc } from "../../src/domains/exclusions/statistics/rpc.ts";
import type { OperatorApplicationRpc } from "../../src/domains/operators/applications/rpc.ts";
import type { StaffOperatorsRpc } from "../../src/domains/operators/regulator/rpc.ts";
import type { InvitationsRpc } from "../../src/domains/users/invitations/rpc.ts";
import type { CitizenVaultRpc } from "../../src/domains/users/citizen-rpc.ts";

/** The bindings of `wrangler.toml`, as they arrive. */
export interface PortalBindings {
  CITIZENS: CitizenRpc;
  RIGHTS: RightsRpc;
  CITIZEN_VAULTS: CitizenVaultRpc;
  PHONE_CLAIMS: PhoneClaimRpc;
  CASES: CasesRpc;
  SIGN_IN: SignInRpc;
  FACTORS: FactorsRpc;
  PASSKEYS: PasskeysRpc;
  PASSWORDS: PasswordsRpc;
  SESSIONS: SessionsRpc;
  OAUTH: OAuthRpc;
  STAFF_USERS: StaffUsersRpc;
  STATISTICS: StatisticsRpc;
  STAFF_EXCLUSIONS: StaffExclusionsRpc;
  STAFF_PROPAGATION: StaffPropagationRpc;
  STAFF_CASES: StaffCasesRpc;
  STAFF_AUDIT: StaffAuditRpc;
  OPERATOR_DESK: OperatorDeskRpc;
  SUPERVISION: SupervisionRpc;
  OPERATOR_APPLICATIONS: OperatorApplicationRpc;
  INVITATIONS: InvitationsRpc;
  STAFF_OPERATORS: StaffOperatorsRpc;
  CONFORMANCE_DESK: ConformanceDeskRpc;
  EXIT_URL: string;
  HELP_LINES: string;
  COOKIE_KEY: string;
}

const settings = z.object({
  EXIT_URL: z.url({ protocol: /^https?$/ }),
  HELP_LINES: HelpLines,
  COOKIE_KEY: z.string().min(32),
});

/** Throws, naming what is wrong, before the first page is served. */
export function parseEnvironment(bindings: PortalBindings) {
  const { EXIT_URL, HELP_LINES, COOKIE_KEY } = settings.parse(bindings);
  return {
    citizens: bindings.CITIZENS,
    rights: bindings.RIGHTS,
    vaults: bindings.CITIZEN_VAULTS,
    claims: bindings.PHONE_CLAIMS,
    cases: bindings.CASES,
    entrance: bindings.SIGN_IN,
    factors: bindings.FACTORS,
    passkeys: bindings.PASSKEYS,
    passwords: bindings.PASSWORDS,
    sessions: bindings.SESSIONS,
    oauth: bindings.OAUTH,
    staffUsers: bindings.STAFF_USERS,
    statistics: bindings.STATISTICS,
    staffExclusions: bindings.STAFF_EXCLUSIONS,
    staffPropagation: bindings.STAFF_PROPAGATION,
    staffCases: bindings.STAFF_CASES,
    staffAudit: bindings.STAFF_AUDIT,
    operatorDesk: bindings.OPERATOR_DESK,
    supervision: bindings.SUPERVISION,
    operatorApplications: bindings.OPERATOR_APPLICATIONS,
    invitations: bindings.INVITATIONS,
    staffOperators: bindings.STAFF_OPERATORS,
    conformance: bindings.CONFORMANCE_DESK,
    exitUrl: EXIT_URL,
    helpLines: HELP_LINES,
    cookieKey: COOKIE_KEY,
  };
}
