import type { Actor } from "../../../kernel/actor.ts";
import type { Instant, Random } from "../../../kernel/clock.ts";
import type { ObjectDatabase, Transaction } from "../../../objects/database.ts";
import type { Envelope } from "../../../sealing/envelope.ts";
import { openValue, type Place, sealValue } from "../../../sealing/sealed.ts";
import { recordActivity } from "../activity/record.ts";
import { vaultKey, vaultKeyToWrite } from "../vault-key.ts";
import { insertStatement, statementOf } from "./store.ts";
import type { statements } from "./tables.ts";

const place = (reference: string): Place => ({ table: "statements", column: "sealed", row: reference });

/** Keeps what the person said in a request; the first time counts. Throws where there is no vault yet: nobody could read it. */
export function keepStatement(
  database: ObjectDatabase, envelope: Envelope, { reference, text }: { reference: string; text: string }, actor: Actor, now: Instant, random: Random,
): void {
  database.transaction((transaction) => {
    const dataKey = vaultKeyToWrite(transaction, envelope);
    if (!dataKey) throw new Error("there is no vault yet");
    const kept = insertStatement(transaction, { reference, sealed: sealValue(dataKey, text, place(reference), random), at: now });
    if (kept) recordActivity(transaction, { action: "statement.kept", resource: `data-request/${reference}` }, actor, now, random);
  });
}

/** What the person said; null when nothing was said, or it is erased. */
export function readStatement(database: Transaction, envelope: Envelope, reference: string): string | null {
  const row = statementOf(database, reference);
  const dataKey = row && vaultKey(database, envelope);
  return dataKey && openStatement(dataKey, row);
}

export const openStatement = (dataKey: Uint8Array, { reference, sealed }: typeof statements.$inferSelect): string =>
  openValue<string>(dataKey, sealed, place(reference));
