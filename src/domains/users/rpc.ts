import type { Delivery } from "../exclusions/outbox.ts";
import type { IdentityRead } from "./identities/model.ts";
import type { FoundCheck } from "./model.ts";
import type { Rewrap } from "./rewrapping/rewrap.ts";

/** One citizen's vault; the object is named by the person's id. */
export interface PersonApi {
  /** Takes a row of Register's outbox. When this answers, it is stored; the same row again changes nothing. */
  accept(delivery: Delivery): Promise<void>;
  /** Checks found this person. When this answers, they are stored; one that comes again changes nothing. */
  found(checks: readonly FoundCheck[]): Promise<void>;
  /** The checks of the last 90 days that found this person, newest first, at most 1,000. For nobody but the person. */
  checksThatFound(): Promise<FoundCheck[]>;
  /** When staff read who the person is, newest first, at most 1,000. For nobody but the person. */
  identityReads(): Promise<IdentityRead[]>;
  /** Re-wraps the vault's data key under the current key-encryption key; null when it has none. What cannot be unwrapped stays as it is. */
  rewrap(): Promise<Rewrap | null>;
}
