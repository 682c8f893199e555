import type { Instant } from "../../../kernel/clock.ts";
import type { Capability } from "../../authentication/capabilities.ts";
import type { OperatorRow } from "../../../check/directory.ts";

/** The rooms that an operator's people work in, in the order they are offered, and what it takes to enter each. */
export const OPERATOR_ROOMS = { keys: "operators:read", conformance: "conformance:read" } as const satisfies Record<string, Capability>;
export type OperatorRoom = keyof typeof OPERATOR_ROOMS;

export interface NamedOperator {
  id: string;
  name: string;
}

/** An operator as its own people see it, by the office's copy of the directory. */
export interface OperatorSeen extends NamedOperator, Pick<OperatorRow, "state" | "requiredKinds"> {
  declaredCustomers: number;
  enrolledAt: Instant;
}
