import { fromUtf8, lengthPrefixed, utf8 } from "../../../kernel/bytes.ts";
import type { Instant, Random } from "../../../kernel/clock.ts";
import type { ObjectDatabase, Transaction } from "../../../objects/database.ts";
import { type Envelope, openUnder, sealUnder } from "../envelope.ts";
import { vaultOf } from "../store.ts";
import { keyPlace } from "../vault.ts";
import { insertStatement, statementOf } from "./store.ts";

/** Sealed words open only in this person's vault, table and column, and for this request. */
export const statementPlace = (personId: string, reference: string): Uint8Array =>
  lengthPrefixed(...[personId, "statements", "sealed", reference].map(utf8));

/** Keeps what the person said in a request; the first time counts. Throws where there is no vault yet: nobody could read it. */
export function keepStatement(database: ObjectDatabase, envelope: Envelope, said: { reference: string; text: string }, now: Instant, random: Random): void {
  const { personId, dataKey } = openedKey(database, envelope);
  const sealed = sealUnder(dataKey, utf8(said.text), statementPlace(personId, said.reference), random);
  insertStatement(database, { reference: said.reference, sealed, at: now });
}

/** What the person said; null when nothing was said, or it is erased. */
export function readStatement(database: Transaction, envelope: Envelope, reference: string): string | null {
  const row = statementOf(database, reference);
  if (!row) return null;
  const { personId, dataKey } = openedKey(database, envelope);
  return fromUtf8(openUnder(dataKey, row.sealed, statementPlace(personId, reference)));
}

function openedKey(database: Transaction, envelope: Envelope): { personId: string; dataKey: Uint8Array } {
  const vault = vaultOf(database);
  if (!vault) throw new Error("there is no vault yet");
  return { personId: vault.personId, dataKey: envelope.unwrap(vault.dataKey, keyPlace(vault.personId)) };
}
