import type { Instant } from "../../../kernel/clock.ts";
import type { Role } from "../../authentication/capabilities.ts";

/** `identity`: who the person is. `token`: that an operator's token leads to their exclusion. */
export const READS = ["identity", "token"] as const;
export type ReadOf = (typeof READS)[number];

/** That staff read who a person is, as the person is told: by which role and why, and not by whom. */
export interface IdentityRead {
  /** The audit entry has it too. */
  id: string;
  at: Instant;
  role: Role;
  reason: string;
  what: ReadOf;
}
