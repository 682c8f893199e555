import { maskEmail, maskName } from "../../../kernel/mask.ts";
import type { Profile } from "./accounts.ts";
import type { UserRow } from "./store.ts";

/** What a row tells without being opened. */
export type Told = Omit<UserRow, "dataKey" | "sealedProfile" | "emailKey">;

/** What somebody is recognised by, who knows them. */
export const maskedOf = (profile: Profile | null): Profile | null => profile && { name: maskName(profile.name), email: maskEmail(profile.email) };

/** An account as the office's people see it: who it is only to be recognised, null once erased. */
export function viewOf({ id, state, version, deletedAt, deletedBy, deletionReason, ...base }: Told, profile: Profile | null) {
  const { createdAt, createdBy, updatedAt, updatedBy } = base;
  return {
    id, state, version, createdAt, createdBy, updatedAt, updatedBy,
    ...(maskedOf(profile) ?? { name: null, email: null }),
    deletion: deletedAt === null ? null : { at: deletedAt, by: deletedBy!, reason: deletionReason! },
  };
}

export type UserView = ReturnType<typeof viewOf>;
