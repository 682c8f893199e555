import type { Kind } from "../../../bst/kinds.ts";
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

export interface PersonIdentity {
  /** In the order they were added. */
  identifiers: { kind: Kind; typed: string; canonical: string; addedAt: Instant }[];
}

/** What a person's vault opens to staff: for the door alone, which has written the audit entry before it asks. */
export interface IdentityApi {
  /** Notes the read and opens the identity; null when there is none, or it was shredded. Throws when it cannot be opened, and notes nothing. */
  identity(read: IdentityRead): Promise<PersonIdentity | null>;
}
