import type { LookParts } from "../../../src/domains/operators/propagation/look.ts";
import { sweepPropagation } from "../../../src/domains/operators/propagation/sweep.ts";
import type { Ground } from "./ground.ts";
import { failing, report } from "./report.ts";

const wait = (ms: number): Promise<void> => scheduler.wait(ms);

/** Somebody waits for the answer: a feed that has not answered by then is unknown. */
const FOR_A_PAGE = { atOnce: 20, eachMs: 3_000, allMs: 5_000, wait };
/** Nobody does, but the next minute's begins. */
const IN_A_SWEEP = { atOnce: 10, eachMs: 5_000, allMs: 40_000, wait };

/** What it takes to say how far an exclusion came. */
export const propagationOf = ({ office, register, feed, clock }: Ground): LookParts => ({ office, register, feed, clock, asking: FOR_A_PAGE });

const failed = failing("it is not known which operators are late");

/** Has it found out who is late. */
export const watchPropagation = ({ office, feed, clock, random }: Ground): Promise<void> =>
  sweepPropagation({ office, feed, clock, random, asking: IN_A_SWEEP, alarm: report, report: failed }).catch(failed);
