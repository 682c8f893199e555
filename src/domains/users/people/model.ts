import type { Kind } from "../../../bst/kinds.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { Assignment, Capability } from "../../authentication/capabilities.ts";
import type { Method, SignInOutcome } from "../../authentication/sign-in/model.ts";
import type { LockReason } from "../accounts/rules.ts";

/** The rooms that the regulator's people work in, in the order they are offered, and what it takes to enter each. */
export const STAFF_ROOMS = {
  users: "users:read", exclusions: "exclusions:read", cases: "cases:read", operators: "operator-applications:read", propagation: "propagation:read", audit: "audit:read",
  compliance: "compliance:read",
} as const satisfies Record<string, Capability>;
export type StaffRoom = keyof typeof STAFF_ROOMS;

/** What an officer can have seen of somebody. */
export const DOCUMENTS = ["national_id", "passport", "alien_id", "refugee_id", "military_id"] as const satisfies readonly Kind[];
export type DocumentKind = (typeof DOCUMENTS)[number];

/** `revoked`: what was verified before counts no more. */
export const VERDICTS = ["verified", "revoked"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** How the document was seen, or why that counts no more. Closed lists: they are kept in clear. */
export const REASONS = {
  verified: ["seen-in-person", "seen-by-video", "certified-copy"],
  revoked: ["mistaken", "document-doubted", "name-changed"],
} as const satisfies Record<Verdict, readonly string[]>;
export type Reason<Of extends Verdict = Verdict> = (typeof REASONS)[Of][number];

/** One step of finding out whether an account's holder is who they say. */
export interface Verification {
  id: string;
  method: DocumentKind;
  verdict: Verdict;
  reason: Reason;
  at: Instant;
  /** The actor's kind and id. */
  by: string;
}

/** Who an account's holder is, to whoever said why they have to know. */
export interface ShownProfile {
  name: string;
  email: string | null;
  phone: string | null;
  /** ISO 8601. */
  dateOfBirth: string | null;
}

/** What somebody of the regulator's may do here. */
export interface May {
  lock: boolean;
  verify: boolean;
  /** Read who somebody is, with a reason. */
  identify: boolean;
}

/** An account as the regulator's people see it: its holder only to be recognised, null where there is nothing or it was erased. */
export interface AccountLook {
  id: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  phoneProvenAt: Instant | null;
  state: "active" | "suspended";
  lock: { at: Instant; reason: LockReason } | null;
  /** Until when too many wrong passwords or codes keep somebody out, if they do. */
  lockedUntil: Instant | null;
  deletedAt: Instant | null;
  isErased: boolean;
  createdAt: Instant;
  roles: readonly Assignment[];
  factors: { password: boolean; totp: boolean; passkey: boolean };
  /** What stands of it; null when the holder is not verified. */
  verification: Verification | null;
  /** Newest first, at most ten. */
  signIns: { at: Instant; method: Method; outcome: SignInOutcome }[];
}
