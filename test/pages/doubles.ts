import { createPortal, type PortalOptions } from "../../workers/portal/index.tsx";
import { Cases } from "./cases.ts";
import { Citizens, NOW } from "./citizens.ts";
import { Entrance } from "./entrance.ts";
import { Figures } from "./figures.ts";
import { Factors } from "./factors.ts";
import { ConformanceDesk } from "./conformance-desk.ts";
import { OperatorDesk } from "./operator-desk.ts";
import { PasskeyVerbs } from "./passkeys.ts";
import { Invitations, OperatorApplications, StaffOperators } from "./operators.ts";
import { Passwords } from "./passwords.ts";
import { Programs } from "./programs.ts";
import { Sessions } from "./sessions.ts";
import { StaffAudit } from "./staff-audit.ts";
import { StaffCases } from "./staff-cases.ts";
import { StaffExclusions } from "./staff-exclusions.ts";
import { StaffPropagation } from "./staff-propagation.ts";
import { StaffUsers } from "./staff-users.ts";
import { Supervision } from "./supervision.ts";
import { Vaults } from "./vaults.ts";

/** What stands in for origin before a portal. */
export function portalDoubles() {
  const citizens = new Citizens();
  return {
    citizens,
    rights: citizens.rights,
    claims: citizens.claims,
    vaults: new Vaults(),
    cases: new Cases(),
    entrance: new Entrance(),
    factors: new Factors(),
    passkeys: new PasskeyVerbs(),
    passwords: new Passwords(),
    sessions: new Sessions(),
    oauth: new Programs(),
    staffUsers: new StaffUsers(),
    statistics: new Figures(),
    staffExclusions: new StaffExclusions(),
    staffPropagation: new StaffPropagation(),
    staffCases: new StaffCases(),
    staffAudit: new StaffAudit(),
    operatorDesk: new OperatorDesk(),
    supervision: new Supervision(),
    operatorApplications: new OperatorApplications(),
    invitations: new Invitations(),
    staffOperators: new StaffOperators(),
    conformance: new ConformanceDesk(),
  };
}

/** The portal over doubles of all it asks. */
export const portalOver = (parts: Partial<PortalOptions>) =>
  createPortal({
    ...portalDoubles(), clock: () => NOW, newId: () => crypto.randomUUID(), cookieKey: "a-key-only-for-tests-of-32-letters", helpLines: [],
    exitUrl: "about:blank", log: () => {}, ...parts,
  });
