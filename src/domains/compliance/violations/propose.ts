import { systemActor } from "../../../kernel/actor.ts";
import { DAY } from "../../../kernel/clock.ts";
import { nairobiDay } from "../../../kernel/periods.ts";
import { type JobParts, runThrough } from "../reports/job.ts";
import type { Standings } from "../standing/model.ts";
import { operatorsAfter } from "../standing/store.ts";
import { proposeViolation } from "./open.ts";
import type { ViolationParts } from "./parts.ts";
import { proofOfCanary, proofsOfLateness } from "./rules.ts";
import { unproposed } from "./store.ts";

export interface ProposeParts extends ViolationParts, JobParts {
  standings: Pick<Standings, "overdue">;
}

const ITSELF = systemActor("compliance-rules");
const CANARIES_AT_ONCE = 50;
/** What is older was proposed long ago, or is not held against anybody any more. */
const LOOKED_BACK = 90 * DAY;

/** Proposes what evidence proves: of identifiers that are nobody's each minute, of lateness once a day. Throws when the office's database does not answer. */
export async function proposeViolations(parts: ProposeParts): Promise<void> {
  const { office, clock, standings, terms } = parts;
  for (const met of await unproposed(office, clock() - LOOKED_BACK, CANARIES_AT_ONCE)) await proposeViolation(parts, ITSELF, proofOfCanary(met));
  await runThrough(parts, {
    job: "proposals", period: nairobiDay(clock()).date, againMs: null,
    next: (after, limit) => operatorsAfter(office, after, limit),
    each: async (operator) => {
      for (const proof of proofsOfLateness(operator, await standings.overdue(operator), terms, clock())) await proposeViolation(parts, ITSELF, proof);
    },
  });
}
