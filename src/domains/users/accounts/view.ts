import { maskEmail, maskName, maskPhone } from "../../../kernel/mask.ts";
import type { Stated } from "./accounts.ts";
import type { UserRow } from "./store.ts";

/** What a row tells without being opened. */
export type Told = Omit<UserRow, "dataKey" | "sealedProfile" | "emailKey" | "phoneKey" | "phoneProvenAt">;

/** An account as the office's people see it: who it is only to be recognised, null once erased. */
export function viewOf({ id, state, version, lockedAt, lockedBy, lockReason, deletedAt, deletedBy, deletionReason, ...base }: Told, profile: Stated | null) {
  const { createdAt, createdBy, updatedAt, updatedBy } = base;
  return {
    id, state, version, createdAt, createdBy, updatedAt, updatedBy,
    name: profile && maskName(profile.name),
    email: profile?.email ? maskEmail(profile.email) : null,
    phone: profile?.phone ? maskPhone(profile.phone) : null,
    lock: lockedAt === null ? null : { at: lockedAt, by: lockedBy!, reason: lockReason! },
    deletion: deletedAt === null ? null : { at: deletedAt, by: deletedBy!, reason: deletionReason! },
  };
}

export type UserView = ReturnType<typeof viewOf>;
