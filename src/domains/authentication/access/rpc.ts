import type { Instant } from "../../../kernel/clock.ts";
import type { Principal } from "../capabilities.ts";

/** Who the office knows. */
export interface AccessApi {
  /** Whose access token this is; null for any that does not hold at `now`, and for whoever is suspended or deleted. Throws when nobody can say. */
  principalOf(token: string, now: Instant): Promise<Principal | null>;
}
