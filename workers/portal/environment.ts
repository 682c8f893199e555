import * as z from "zod";
import type { PhoneClaimRpc } from "../../src/domains/users/claims-rpc.ts";
import type { SignInRpc } from "../../src/domains/authentication/sign-in/rpc.ts";
import type { FactorsRpc } from "../../src/domains/authentication/factors/rpc.ts";
import type { PasskeysRpc } from "../../src/domains/authentication/passkeys/rpc.ts";
import type { PasswordsRpc } from "../../src/domains/authentication/passwords/rpc.ts";
import type { SessionsRpc } from "../../src/domains/authentication/sessions/rpc.ts";
import type { OAuthRpc } from "../../src/domains/authentication/oauth/rpc.ts";
import type { RightsRpc } from "../../src/domains/users/rights-rpc.ts";
import type { CitizenRpc } from "../../src/domains/exclusions/citizen-rpc.ts";
import type { StaffCasesRpc } from "../../src/domains/exclusions/cases/staff-cases-rpc.ts";
import type { StaffExclusionsRpc } from "../../src/domains/exclusions/desk/rpc.ts";
import type { StaffUsersRpc } from "../../src/domains/users/people/rpc.ts";
import type { CitizenVaultRpc } from "../../src/domains/users/citizen-rpc.ts";

/** The bindings of `wrangler.toml`, as they arrive. */
export interface PortalBindings {
  CITIZENS: CitizenRpc;
  RIGHTS: RightsRpc;
  CITIZEN_VAULTS: CitizenVaultRpc;
  PHONE_CLAIMS: PhoneClaimRpc;
  SIGN_IN: SignInRpc;
  FACTORS: FactorsRpc;
  PASSKEYS: PasskeysRpc;
  PASSWORDS: PasswordsRpc;
  SESSIONS: SessionsRpc;
  OAUTH: OAuthRpc;
  STAFF_USERS: StaffUsersRpc;
  STAFF_EXCLUSIONS: StaffExclusionsRpc;
  STAFF_CASES: StaffCasesRpc;
  EXIT_URL: string;
  HELP_LINES: string;
  COOKIE_KEY: string;
}

const helpLines = z.array(z.strictObject({ name: z.string().min(1), number: z.string().regex(/\d/) }));

function fromJson(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: "custom", message: "not JSON" });
    return z.NEVER;
  }
}

const settings = z.object({
  EXIT_URL: z.url({ protocol: /^https?$/ }),
  HELP_LINES: z.string().transform(fromJson).pipe(helpLines),
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
    entrance: bindings.SIGN_IN,
    factors: bindings.FACTORS,
    passkeys: bindings.PASSKEYS,
    passwords: bindings.PASSWORDS,
    sessions: bindings.SESSIONS,
    oauth: bindings.OAUTH,
    staffUsers: bindings.STAFF_USERS,
    staffExclusions: bindings.STAFF_EXCLUSIONS,
    staffCases: bindings.STAFF_CASES,
    exitUrl: EXIT_URL,
    helpLines: HELP_LINES,
    cookieKey: COOKIE_KEY,
  };
}
