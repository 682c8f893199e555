import type { Instant } from "../../../kernel/clock.ts";
import type { Capability } from "../../authentication/capabilities.ts";
import type { Visitor } from "../../authentication/sessions/model.ts";
import type { OperatorRow } from "../../../check/directory.ts";
import type { ListedKey } from "../rpc.ts";

/** The rooms that an operator's people work in, in the order they are offered, and what it takes to enter each. */
export const OPERATOR_ROOMS = { keys: "operators:read", webhooks: "webhooks:read", compliance: "compliance:read", conformance: "conformance:read" } as const satisfies Record<string, Capability>;
export type OperatorRoom = keyof typeof OPERATOR_ROOMS;

/** Who asks, and for which operator they hold a role: null for the first of them. */
export interface AskedFor {
  visitor: Visitor;
  operator: string | null;
}

/** A key as the operator's people see it. */
export interface KeySeen extends ListedKey {
  /** The beginning of the last day in Nairobi, of 90, on which it is known to have asked; null is no data. */
  lastUsed: Instant | null;
}

/** How long a new key may be asked to hold, in days; what is none of these is for ever. */
export const KEY_LIVES = [30, 90, 365] as const;
/** How long a key may be asked to hold beside the one that takes its place, in hours. */
export const OVERLAPS = [0, 1, 24, 168, 720] as const;
/** How long a webhook's old secret may be asked to sign beside the new one, in hours. */
export const SECRET_OVERLAPS = [0, 1, 24, 168] as const;

export interface NamedOperator {
  id: string;
  name: string;
}

/** An operator as its own people see it, by the office's copy of the directory. */
export interface OperatorSeen extends NamedOperator, Pick<OperatorRow, "state" | "requiredKinds"> {
  declaredCustomers: number;
  enrolledAt: Instant;
}
