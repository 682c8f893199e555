import type { Instant } from "../../../kernel/clock.ts";
import type { Counted } from "./model.ts";

/** The office's copy of Register, as far as counting needs to know it. */
export interface Copy {
  position: number;
  generation: number;
  wholeGeneration: number;
  asOf: Instant | null;
}

/** Where figures that were never begun stand. */
export const NOTHING_COUNTED: Counted = { version: 0, generation: 0, position: 0, recountFrom: null, asOf: null };

/** What there is to count. `anew`: the copy began anew, and every day with it. `on`: what the copy has more than was counted. */
export type Due = "nothing" | "anew" | "days" | "on";

export function dueOf(counted: Counted, copy: Copy): Due {
  if (copy.generation === 0 || copy.wholeGeneration !== copy.generation) return "nothing";
  if (counted.generation !== copy.generation) return "anew";
  if (counted.recountFrom !== null) return "days";
  return counted.position < copy.position ? "on" : "nothing";
}

/** Counts every day again, and then what has come since. The empty text is before every day. */
export const beginAnew = (counted: Counted, { generation, position }: Copy): Counted => ({ ...counted, generation, position, recountFrom: FIRST_DAY });
const FIRST_DAY = "1970-01-01";

/** Everything Register had done by then is in the figures; null before that was ever so. */
export const asOfFigures = (counted: Counted, copy: Copy): Instant | null =>
  counted.generation === copy.generation && counted.position === copy.position && counted.recountFrom === null ? copy.asOf : counted.asOf;
