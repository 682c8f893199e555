import { type AuditParts, audited, type Reader } from "./audited.ts";
import type { IdentityApi, PersonIdentity } from "./rpc.ts";

export interface DoorParts extends AuditParts {
  /** A person's vault, as nobody but the door sees it. */
  identityOf: (personId: string) => IdentityApi;
}

/** Who a person is; null when nothing is known of them. Throws when the read cannot be audited, and then nothing was opened. */
export async function readPerson(parts: DoorParts, reader: Reader, personId: string): Promise<PersonIdentity | null> {
  const read = await audited(parts, reader, `person/${personId}`, { fields: ["identifiers"] });
  return parts.identityOf(personId).identity(read);
}
