import { DAY } from "../../../kernel/clock.ts";

/**
 * How many persons an officer may look for in a day: more than a long day's telephone brings, and far too few to go through a list
 * of customers. Searches that come at the same time may be a few more.
 */
export const SEARCHES = { most: 60, within: DAY } as const;

/** What is counted, and what the audit log calls it. */
export const SEARCHED = "exclusion.searched";
