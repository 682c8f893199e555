import type { Delivery } from "../exclusions/outbox.ts";

/** One citizen's vault; the object is named by the person's id. */
export interface PersonApi {
  /** Takes a row of Register's outbox. When this answers, it is stored; the same row again changes nothing. */
  accept(delivery: Delivery): Promise<void>;
}
