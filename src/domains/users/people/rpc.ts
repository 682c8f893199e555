import type { Result } from "../../../kernel/result.ts";
import type { SessionRefusal, Visitor } from "../../authentication/sessions/model.ts";
import type { ChangeRefusal } from "../accounts/rules.ts";
import type { IdentifierRefusal } from "./identifier.ts";
import type { AccountLook, May, ShownProfile, StaffRoom } from "./model.ts";

/**
 * Why nothing is shown or done. `not-found`: there is no such account, or nothing here for whoever asks: both are told alike.
 * `too-many-calls`: this account's calls of the minute are used up.
 */
export type StaffRefusal = SessionRefusal | { refusal: "not-found" | "too-many-calls" };

/** `choice-missing`: a choice of a closed list was not made. `unverified`: nothing stands that could be revoked. */
export type ServeRefusal = StaffRefusal | { refusal: "choice-missing" | "erased" | "unverified" | "command-reused" | ChangeRefusal };

/** `reason-unfit`: too short or long, or it names somebody by number or address. */
export type ShowRefusal = StaffRefusal | { refusal: "reason-unfit" };

/** Who asks, and about which account. */
export interface Asked {
  visitor: Visitor;
  userId: string;
}

/**
 * What the portal may ask of origin for the regulator's people. Each verb asks who they are and what they may; those that
 * change or open something, for a factor of the last 5 minutes.
 */
export interface StaffUsersRpc {
  /** Where the visitor may go; `not-found` where that is nowhere. */
  rooms(visitor: Visitor): Promise<Result<{ rooms: StaffRoom[] }, StaffRefusal>>;
  /** Whether the visitor may be among accounts at all. */
  enter(visitor: Visitor): Promise<Result<object, StaffRefusal>>;
  /** The one account that an identifier names; null for none. Leaves an entry in the audit log. */
  search(request: { visitor: Visitor; identifier: string }): Promise<Result<{ userId: string | null }, StaffRefusal | IdentifierRefusal>>;
  look(request: Asked): Promise<Result<{ account: AccountLook; may: May }, StaffRefusal>>;
  lock(request: Asked & { reason: string }): Promise<Result<object, ServeRefusal>>;
  unlock(request: Asked): Promise<Result<object, ServeRefusal>>;
  /** Repeatable by `formId`. */
  verify(request: Asked & { formId: string; method: string; reason: string }): Promise<Result<object, ServeRefusal>>;
  /** Takes a verification back. Repeatable by `formId`. */
  revoke(request: Asked & { formId: string; reason: string }): Promise<Result<object, ServeRefusal>>;
  /** Who the holder is, unmasked. Leaves an entry in the audit log before anything is opened. */
  show(request: Asked & { reason: string }): Promise<Result<{ profile: ShownProfile }, ShowRefusal>>;
}
