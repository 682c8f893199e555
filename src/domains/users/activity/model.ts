import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";

/** What can be done with what a vault keeps of its person. What Register or the office did is in their own audit. */
export type VaultAction =
  | "details.changed" | "contact.changed" | "contact.removed" | "language.changed" | "statement.kept" | "visit.ended" | "extras.erased"
  | "holdings.asked" | "holdings.stopped";

/** Something that was done, as the person is told: which fields, never what they say. */
export interface Activity {
  id: string;
  at: Instant;
  action: VaultAction;
  /** Of a change the fields, of an erasure the tables; none where there is nothing to choose from. */
  fields: string[];
  by: Actor["kind"];
}
