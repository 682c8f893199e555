import { systemActor } from "../../../kernel/actor.ts";
import { DAY } from "../../../kernel/clock.ts";
import { proposeViolation } from "./open.ts";
import type { ViolationParts } from "./parts.ts";
import { proofOfCanary, proofOfLapse, provenAfter } from "./rules.ts";
import { unproposedCanaries, unproposedLapses } from "./store.ts";

export interface ProposeParts extends ViolationParts {
  /** Hears of each that could not be proposed; it does not keep the others from it. */
  report: (error: unknown) => void;
}

const ITSELF = systemActor("compliance-rules");
const AT_ONCE = 50;
/** What is older was proposed long ago, or is not held against anybody any more. */
const LOOKED_BACK = 90 * DAY;

/** Proposes what evidence proves, once; what more there is comes in the next minute. Throws when the office's database does not answer. */
export async function proposeViolations(parts: ProposeParts): Promise<void> {
  const { office, clock, terms } = parts;
  const [met, late] = await Promise.all([unproposedCanaries(office, clock() - LOOKED_BACK, AT_ONCE), unproposedLapses(office, provenAfter(terms), AT_ONCE)]);
  const proofs = [...met.map(proofOfCanary), ...late.map((lapse) => proofOfLapse(lapse, terms))];
  for (const proof of proofs) await proposeViolation(parts, ITSELF, proof).catch(parts.report);
}
