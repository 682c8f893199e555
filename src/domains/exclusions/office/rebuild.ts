import type { Actor } from "../../../kernel/actor.ts";
import type { Clock, Random } from "../../../kernel/clock.ts";
import { type Command, type Committed, once } from "../../../office/commit.ts";
import type { Office } from "../../../office/database.ts";
import type { ProjectionApi } from "../projection/rpc.ts";
import { readProgress } from "./project.ts";
import { askedAfter, behind, type Progress } from "./rules.ts";
import { forgetLog } from "./store.ts";

export interface RebuildParts {
  office: Office;
  clock: Clock;
  random: Random;
}

/** Has the copy begin anew with the next run. */
export function rebuild({ office, clock, random }: RebuildParts, actor: Actor, command: Command): Promise<Committed<object>> {
  return once<object, never>(office, command, { now: clock(), random }, async () => {
    await readProgress(office);
    return {
      actor,
      rows: [{ exactlyOne: forgetLog(office.primary) }],
      audit: { action: "projection.rebuilt", resource: "projection/register", payload: {} },
      answer: {},
    };
  });
}

/** How far the copy is, beside Register as it is now. */
export interface Standing extends Pick<Progress, "position" | "asOf" | "movedAt"> {
  state: "current" | "behind" | "rebuilding";
  head: number;
  behind: number;
}

export async function standing({ office, register }: { office: Office; register: ProjectionApi }): Promise<Standing> {
  const progress = await readProgress(office);
  const { logId, head } = await register.projection(askedAfter(progress), 0);
  const lacks = behind(progress, { logId, head });
  const rebuilding = logId !== progress.logId || progress.wholeGeneration !== progress.generation;
  const { position, asOf, movedAt } = progress;
  return { state: rebuilding ? "rebuilding" : lacks > 0 ? "behind" : "current", position, head, behind: lacks, asOf, movedAt };
}
