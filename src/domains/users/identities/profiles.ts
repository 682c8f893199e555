import type { Envelope } from "../../../sealing/envelope.ts";
import { openProfile, type Profile } from "../accounts/accounts.ts";
import { sealedOf } from "../accounts/store.ts";
import { type AuditParts, audited, type Reader } from "./audited.ts";

export interface ProfileParts extends AuditParts {
  envelope: Envelope;
}

/** Who an account's holder is; null when there is none, or it was shredded. Throws when the read cannot be audited, and then nothing was opened. */
export async function readProfile(parts: ProfileParts, reader: Reader, userId: string): Promise<Profile | null> {
  await audited(parts, reader, `user/${userId}`, { fields: ["name", "email", "phone", "dateOfBirth"] });
  return (await opened(parts, [userId])).get(userId) ?? null;
}

/** What the holders of some of an operator's accounts are called, under one entry that names them all; shredded ones are left out. Throws as `readProfile`. */
export async function readProfilesOf(
  parts: ProfileParts, reader: Reader, operator: string, userIds: readonly string[],
): Promise<Map<string, Pick<Profile, "name" | "email">>> {
  if (userIds.length === 0) return new Map();
  await audited(parts, reader, `operator/${operator}`, { fields: ["name", "email"], accounts: [...userIds] });
  return opened(parts, userIds);
}

async function opened({ office, envelope }: ProfileParts, userIds: readonly string[]): Promise<Map<string, Profile>> {
  const profiles = (await sealedOf(office, userIds)).map((sealed) => [sealed.id, openProfile(envelope, sealed)] as const);
  return new Map(profiles.filter((one): one is [string, Profile] => one[1] !== null));
}
