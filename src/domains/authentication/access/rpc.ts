import type { Instant } from "../../../kernel/clock.ts";
import type { Actor } from "../../../kernel/actor.ts";
import type { Read } from "../../../office/reads.ts";
import type { Capability, Principal } from "../capabilities.ts";

/** Who the office knows. */
export interface AccessApi {
  /** Whose access token this is; null for any that does not hold at `now`, and for whoever is suspended or deleted. Throws when nobody can say. */
  principalOf(token: string, now: Instant): Promise<Principal | null>;
  /** Has what somebody read in the audit. Throws when nobody can say that it is there. Left out where there is no office to keep it. */
  read?(read: Read, now: Instant): Promise<void>;
  /** Has in the audit that somebody asked for what takes another capability: the first ones of an hour. */
  refused?(actor: Actor, capability: Capability, now: Instant): Promise<void>;
}
