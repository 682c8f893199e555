import type { ObjectDatabase, Transaction } from "../../../objects/database.ts";
import type { Envelope } from "../../../sealing/envelope.ts";
import { openIdentifiers } from "../vault.ts";
import type { IdentityRead, PersonIdentity } from "./rpc.ts";
import { insertRead, latestReads } from "./store.ts";

const SHOWN = 1_000;

/** Opens who the person is and notes that it was, in one transaction: neither happens without the other. */
export function readIdentity(database: ObjectDatabase, envelope: Envelope, read: IdentityRead): PersonIdentity | null {
  return database.transaction((transaction) => {
    const identifiers = openIdentifiers(transaction, envelope);
    if (!identifiers) return null;
    insertRead(transaction, read);
    return { identifiers };
  });
}

export const identityReads = (database: Transaction): IdentityRead[] => latestReads(database, SHOWN);
