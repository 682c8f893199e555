import type { Kind } from "../../../bst/kinds.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { IdentityRead } from "./model.ts";

export interface PersonIdentity {
  /** In the order they were added. */
  identifiers: { kind: Kind; typed: string; canonical: string; addedAt: Instant }[];
}

/** What a person's vault opens to staff: for the door alone, which has written the audit entry before it asks. */
export interface IdentityApi {
  /** Notes the read and opens the identity; null when there is none, or it was shredded. Throws when it cannot be opened, and notes nothing. */
  identity(read: IdentityRead): Promise<PersonIdentity | null>;
}
