import { maskEmail, maskName, maskPhone } from "../../../kernel/mask.ts";
import type { Stated } from "./accounts.ts";
import type { UserRow } from "./store.ts";

/** What a row tells without being opened. */
export type Told = Omit<UserRow, "dataKey" | "sealedProfile" | "emailKey" | "phoneKey" | "phoneProvenAt">;

/** What somebody is recognised by. */
export interface Recognised {
  name: string;
  email: string | null;
  phone: string | null;
}

/** What somebody is recognised by, who knows them. */
export const maskedOf = (profile: Stated | null): Recognised | null =>
  profile && { name: maskName(profile.name), email: profile.email && maskEmail(profile.email), phone: profile.phone ? maskPhone(profile.phone) : null };

/** An account as the office's people see it: who it is only to be recognised, null once erased. */
export function viewOf({ id, state, version, lockedAt, lockedBy, lockReason, deletedAt, deletedBy, deletionReason, ...base }: Told, profile: Stated | null) {
  const { createdAt, createdBy, updatedAt, updatedBy } = base;
  return {
    id, state, version, createdAt, createdBy, updatedAt, updatedBy,
    ...(maskedOf(profile) ?? { name: null, email: null, phone: null }),
    lock: lockedAt === null ? null : { at: lockedAt, by: lockedBy!, reason: lockReason! },
    deletion: deletedAt === null ? null : { at: deletedAt, by: deletedBy!, reason: deletionReason! },
  };
}

export type UserView = ReturnType<typeof viewOf>;
