import { setDue } from "../../../objects/due.ts";
import { COPY_TASK } from "../../../objects/recovery/copy.ts";
import { watch } from "../../../objects/recovery/journal.ts";
import { beginReading, dropRestoration, goOnShipping, readRestoration, readStep, writeRestoration } from "../../../objects/recovery/restore.ts";
import { beginChain, isFirst, readChain, type RecoveryParts } from "../../../objects/recovery/ship.ts";
import type { Envelope } from "../../../sealing/envelope.ts";
import { scheduleSending } from "../../notifications/index.ts";
import { clearOut } from "../../../objects/recovery/stranded.ts";
import { scheduleDrop } from "../checks.ts";
import type { Beginning } from "../holdings/model.ts";
import { putBackStranded } from "../holdings/stranded.ts";
import { VERIFY_TASK } from "../verifications/rules.ts";
import { anythingAccepted } from "../store.ts";

export interface BeginParts extends RecoveryParts {
  /** Opens the vault's data key. */
  envelope: Envelope;
  /** Whether the list of the erased in the bucket has this person. */
  isErased: () => Promise<boolean>;
}

/**
 * Before a vault does anything. A storage without a chain is a new person's, an older release's, or a destroyed one's: only the bucket
 * knows, so nothing begins without it, and what is found there is read back first. Throws when the bucket does not answer.
 */
export async function beginVault(parts: BeginParts): Promise<Beginning> {
  const { database, tables } = parts;
  if (readChain(database)) {
    watch(database, tables);
    return "open";
  }
  if (await parts.isErased()) return "erased";
  if (!readRestoration(database) && (anythingAccepted(database) || (await isFirst(parts)))) {
    await beginChain(parts);
    watch(database, tables);
    return "open";
  }
  return readBack(parts);
}

/** Another self's segments are in the bucket: this storage went back. What it was given since is put aside and taken again. */
export async function takeBack(parts: BeginParts): Promise<Beginning> {
  clearOut(parts.database, parts.tables);
  return readBack(parts);
}

async function readBack(parts: BeginParts): Promise<Beginning> {
  const { database, clock } = parts;
  writeRestoration(database, { since: clock() });
  let reading = await beginReading(parts);
  while (reading.phase !== "read") reading = await readStep(parts, reading, null);
  goOnShipping(parts, reading);
  putBackStranded(database, parts.envelope, parts.random);
  setDue(database, COPY_TASK, null);
  scheduleSending(database);
  scheduleDrop(database);
  setDue(database, VERIFY_TASK, clock());
  dropRestoration(database);
  return "restored";
}
