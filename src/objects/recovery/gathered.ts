import { type Instant, SECOND } from "../../kernel/clock.ts";
import type { ObjectDatabase } from "../database.ts";
import { setDueOnce } from "../due.ts";
import { copyStep, KEPT_FOR, sweep } from "./copy.ts";
import { anyEntered } from "./journal.ts";
import { readChain, type RecoveryParts, ship } from "./ship.ts";

/** The task of an object, one of very many, that ships what gathered since its first change: each segment is an operation to be paid. */
export const SHIP_TASK = "ship";

const GATHERED_FOR = 10 * SECOND;
/** A copy makes so many segments needless when restoring. Most objects never come to it. */
const SEGMENTS_A_COPY = 100;

/** After a commit: what changed leaves with what else changes in the next seconds. */
export function leaveSoon(database: ObjectDatabase, now: Instant): void {
  if (anyEntered(database)) setDueOnce(database, SHIP_TASK, now + GATHERED_FOR);
}

/** Ships what gathered; answers when to come again. Throws when the bucket is away, having lost nothing, and `Forked`. */
export async function shipGathered(parts: RecoveryParts): Promise<Instant | null> {
  await ship(parts);
  const end = readChain(parts.database);
  if (end && end.number - (end.copied ?? 0) >= SEGMENTS_A_COPY) {
    while (await copyStep(parts));
    await sweep(parts, parts.clock() - KEPT_FOR);
  }
  return anyEntered(parts.database) ? parts.clock() + GATHERED_FOR : null;
}
