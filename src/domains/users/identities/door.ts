import type { Actor } from "../../../kernel/actor.ts";
import type { Clock, Random } from "../../../kernel/clock.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import { commit } from "../../../office/commit.ts";
import type { Office } from "../../../office/database.ts";
import type { Envelope } from "../../../sealing/envelope.ts";
import { allows, type Principal } from "../../authentication/capabilities.ts";
import { placeOf, type Profile, readProfile as openProfile } from "../accounts/accounts.ts";
import { sealedOf } from "../accounts/store.ts";
import type { IdentityRead } from "./model.ts";
import type { IdentityApi, PersonIdentity } from "./rpc.ts";

export interface DoorParts {
  office: Office;
  envelope: Envelope;
  /** A person's vault, as nobody but the door sees it. */
  identityOf: (personId: string) => IdentityApi;
  clock: Clock;
  random: Random;
}

/** Who of the staff reads, and why. */
export interface Reader {
  principal: Principal;
  actor: Actor;
  reason: string;
}

/** Who a person is; null when nothing is known of them. Throws when the read cannot be audited, and then nothing was opened. */
export async function readPerson(parts: DoorParts, reader: Reader, personId: string): Promise<PersonIdentity | null> {
  const read = await audited(parts, reader, `person/${personId}`, ["identifiers"]);
  return parts.identityOf(personId).identity(read);
}

/** Who an account's holder is; null when there is none, or it was shredded. Throws as `readPerson`. */
export async function readProfile(parts: DoorParts, reader: Reader, userId: string): Promise<Profile | null> {
  await audited(parts, reader, `user/${userId}`, ["name", "email", "phone", "dateOfBirth"]);
  const sealed = await sealedOf(parts.office, userId);
  if (!sealed?.dataKey || !sealed.sealedProfile) return null;
  return openProfile(parts.envelope.unwrap(sealed.dataKey, placeOf("dataKey", userId)), sealed.sealedProfile, userId);
}

/** Has the audit entry in the office before anything is opened. */
async function audited({ office, clock, random }: DoorParts, { principal, actor, reason }: Reader, resource: string, fields: string[]): Promise<IdentityRead> {
  const now = clock();
  const read = { id: uuidv7(now, random), at: now, role: roleOf(principal), reason };
  const audit = { action: "identity.read", resource, payload: { id: read.id, role: read.role, reason, fields } };
  await commit(office, { actor, rows: [], audit, answer: {} }, { now, random });
  return read;
}

/** The role that lets the reader in. */
const roleOf = ({ userId, assignments }: Principal): IdentityRead["role"] =>
  assignments.find((held) => allows({ userId, assignments: [held] }, "identities:read", null))!.role;
