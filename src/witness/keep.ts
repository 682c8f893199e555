import { equalBytes } from "../kernel/bytes.ts";
import { type Instant, SECOND } from "../kernel/clock.ts";
import type { ObjectDatabase, Transaction } from "../objects/database.ts";
import { EMPTY_ROOT } from "../tlog/merkle.ts";
import { formatNote } from "../tlog/note.ts";
import { type AddCheckpoint, refuseGrowth } from "../tlog/witness.ts";
import type { Fork, Kept } from "./rpc.ts";
import { type Cosigned, keepCosigned, keepFork, lastCosigned, storedForks } from "./store.ts";

/** Told of what a log must not do. */
export type Report = (message: string, facts: Record<string, string>) => void;

/** Before its first checkpoint, a log is the empty tree. */
const EMPTY: Cosigned = { size: 0n, root: EMPTY_ROOT, note: "", time: 0 };

/** As `WitnessApi.keep` says. Comparing and setting are one transaction, or two requests at once could roll the log back. */
export const keep = (database: ObjectDatabase, request: AddCheckpoint, now: Instant, report: Report): Kept =>
  database.transaction((transaction): Kept => {
    const last = lastCosigned(transaction) ?? EMPTY;
    const note = formatNote(request.note);
    const refusal = refuseGrowth(last, request);
    if (refusal) {
      const facts = { "nser.log": request.checkpoint.origin, "nser.cosigned": last.note, "nser.refused": note };
      if (keptFork(transaction, last, request, note, now)) report("a log signed two trees of one size", facts);
      else if (refusal.status === 422) report("a log's tree is not shown to continue the one before", facts);
      return { ok: false, refusal };
    }
    // A clock that was set back does not make the newest cosignature look older than those before it.
    const time = Math.max(Math.floor(now / SECOND), last.time);
    const { size, root } = request.checkpoint;
    keepCosigned(transaction, { size, root, note, time });
    return { ok: true, time };
  });

/** Whether the checkpoint and the last are two stories of one log; they are kept then. */
function keptFork(transaction: Transaction, last: Cosigned, { checkpoint: { size, root } }: AddCheckpoint, refused: string, at: Instant): boolean {
  if (last.size !== size || equalBytes(last.root, root)) return false;
  keepFork(transaction, { size: String(size), root, cosigned: last.note, refused, at });
  return true;
}

export const forksOf = (database: ObjectDatabase): Fork[] =>
  storedForks(database).map(({ at, cosigned, refused }) => ({ at: new Date(at).toISOString(), cosigned, refused }));
