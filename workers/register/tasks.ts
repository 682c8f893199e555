import * as exclusions from "../../src/domains/exclusions/index.ts";
import * as roots from "../../src/domains/exclusions/roots/index.ts";
import { RETIRE_TASK, retireEpochs } from "../../src/domains/operators/epochs.ts";
import { DAY, type Instant, MINUTE } from "../../src/kernel/clock.ts";
import type { ObjectDatabase } from "../../src/objects/database.ts";
import type { Tasks } from "../../src/objects/due.ts";
import { random } from "../../src/objects/shell.ts";
import type { Acts } from "./acts.ts";
import type { Keeping, Report } from "./keeping.ts";
import type { RegisterSettings } from "./settings.ts";

export const COMPACT_TASK = "compact";

interface TaskParts {
  keeping: Keeping;
  acts: Acts;
  settings: RegisterSettings;
  report: Report;
}

/** Everything Register does by itself when it is due. */
export function tasksOf(parts: TaskParts): Tasks {
  const { keeping, acts, settings: { logDays }, report } = parts;
  const raise = (overdue: { waiting: number; oldestMs: number }) => report("sealed identities wait to be accepted", overdue);
  return {
    [exclusions.WAKE_TASK]: (now) => acts.published(() => exclusions.wakeExclusions(keeping.database, now, random)),
    [exclusions.DROP_TASK]: (now) => acts.published(() => exclusions.dropIdentifiers(keeping.database, now, random)),
    [RETIRE_TASK]: (now) => acts.published(() => retireEpochs(keeping.database, now, random)),
    [roots.ROOTS_TASK]: (now) => rotate(parts, now),
    [COMPACT_TASK]: (now) => (exclusions.compact(keeping.database, now - logDays * DAY) ? now : now + DAY),
    ...keeping.shipping.tasks,
    ...keeping.telling.tasks,
    [exclusions.LOST_TASK]: (now) => reportLost(parts, now),
    [exclusions.OVERDUE_TASK]: (now) => exclusions.watchIdentities(keeping.database, now, raise),
  };
}

/** Not while rows are lost: what is then restored is further than this storage. */
async function rotate({ keeping, acts, settings }: TaskParts, now: Instant): Promise<Instant | null> {
  if (exclusions.lostUpTo(keeping.database) !== null) return now + MINUTE;
  const commit = <Answer>(work: (transaction: ObjectDatabase) => Answer): Answer =>
    acts.published(() => keeping.database.transaction(() => work(keeping.database)));
  const { database, advance } = keeping;
  return roots.rotationStep({ database, advance, epochs: settings.epochs, random, rowsPerSecond: settings.rootRowsPerSecond, commit }, now);
}

function reportLost({ keeping, report }: TaskParts, now: Instant): Instant | null {
  const lostUpTo = exclusions.lostUpTo(keeping.database);
  if (lostUpTo === null) return null;
  report("rows of the change log are lost; nothing is vouched for until Register is restored", { lostUpTo });
  return now + MINUTE;
}
