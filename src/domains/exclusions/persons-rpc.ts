import type { Lineage } from "../../bst/lineage.ts";
import type { Instant } from "../../kernel/clock.ts";
import type { Result } from "../../kernel/result.ts";

/** Why Register keeps what it holds of a person; `until` is null while nobody can say when that ends. */
export type KeepingReason = { refusal: "exclusion-active" | "retention-runs"; until: Instant | null };

/** What the office asks Register about persons, by their ids. */
export interface PersonsApi {
  /** Whose this proven phone is now; null when it is nobody's. */
  holderOf(phone: Lineage): Promise<string | null>;
  /** The same with since when: who proved the phone before then may have been somebody else. */
  holdingOf(phone: Lineage): Promise<{ personId: string; since: Instant } | null>;
  /**
   * Forgets who the person is and that they were excluded. Refused while an exclusion is in force and until its retention is over;
   * who was never known, or is forgotten, is forgotten. The phone excludes a new person from then on.
   */
  forget(personId: string): Promise<Result<object, KeepingReason>>;
  /** Everybody who ever excluded themself, by id: those after `after`, at most `limit`. Throws RangeError beyond 1,000. */
  personsAfter(after: string, limit: number): Promise<string[]>;
}
