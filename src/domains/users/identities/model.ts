import type { Instant } from "../../../kernel/clock.ts";
import type { Role } from "../../authentication/capabilities.ts";

/** That staff read who a person is, as the person is told: by which role and why, and not by whom. */
export interface IdentityRead {
  /** The audit entry has it too. */
  id: string;
  at: Instant;
  role: Role;
  reason: string;
}
