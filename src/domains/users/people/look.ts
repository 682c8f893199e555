import type { Instant } from "../../../kernel/clock.ts";
import { FAILURES, heldBy } from "../../authentication/index.ts";
import type { UserParts } from "../accounts/parts.ts";
import { accountOf } from "../accounts/store.ts";
import { viewOf } from "../accounts/view.ts";
import type { AccountLook } from "./model.ts";
import { lockedUntil } from "./rules.ts";
import { latestSignIns, latestVerification } from "./store.ts";
import { triesAt } from "./tries.ts";

const SIGN_INS = 10;

/** One account, deleted or not; null when there is none. */
export async function lookAt({ office, accounts }: UserParts, id: string, now: Instant): Promise<AccountLook | null> {
  const [row, held, signIns, latest] = await Promise.all([
    accountOf(office, id), heldBy(office, id), latestSignIns(office, id, SIGN_INS), latestVerification(office, id),
  ]);
  if (!row || !held) return null;
  const { name, email, phone, lock, createdAt, state } = viewOf(row, accounts.profileOf(row));
  const { phoneProvenAt, deletedAt, sealedProfile, assignments: roles } = row;
  return {
    id, name, email, phone, phoneProvenAt, state, deletedAt, createdAt, roles, signIns,
    lock: lock && { at: lock.at, reason: lock.reason },
    lockedUntil: lockedUntil(await triesAt(office, row), FAILURES, now),
    isErased: sealedProfile === null,
    factors: { password: held.password !== null, totp: held.totp !== null, passkey: held.passkeys > 0 },
    verification: latest?.verdict === "verified" ? latest : null,
  };
}
