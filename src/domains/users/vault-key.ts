import type { Transaction } from "../../objects/database.ts";
import type { Envelope } from "../../sealing/envelope.ts";
import type { Place } from "../../sealing/sealed.ts";
import { type Rewrap, rewrapKey } from "./rewrapping/rewrap.ts";
import { setDataKey, vaultOf } from "./store.ts";

const place = (personId: string): Place => ({ table: "vault", column: "dataKey", row: personId });

/** A fresh key for a person's vault, and the same one wrapped. */
export const newVaultKey = (envelope: Envelope, personId: string) => envelope.newDataKey(place(personId));

/** The vault's data key; null when nothing was sealed yet, or it was shredded. Throws when the key cannot be unwrapped. */
export function vaultKey(database: Transaction, envelope: Envelope): Uint8Array | null {
  const vault = vaultOf(database);
  return vault && envelope.unwrap(vault.dataKey, place(vault.personId));
}

/** As `vaultKey`, for who is about to write: a key under an older key-encryption key is re-wrapped on the way. */
export function vaultKeyToWrite(transaction: Transaction, envelope: Envelope): Uint8Array | null {
  const dataKey = vaultKey(transaction, envelope);
  if (dataKey) rewrapVault(transaction, envelope);
  return dataKey;
}

/** Re-wraps the vault's key; null when it has none. A key that cannot be unwrapped stays as it is. */
export function rewrapVault(transaction: Transaction, envelope: Envelope): Rewrap | null {
  const vault = vaultOf(transaction);
  if (!vault) return null;
  const { wrapped, ...rewrap } = rewrapKey(envelope, vault.dataKey, place(vault.personId));
  if (wrapped) setDataKey(transaction, wrapped);
  return rewrap;
}
