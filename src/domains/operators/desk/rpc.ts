import type { Instant } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import type { StaffRefusal } from "../../users/people/rpc.ts";
import type { KeyDay } from "../../analytics/model.ts";
import type { HandedOut } from "../rpc.ts";
import type { AskedFor, KeySeen, NamedOperator, OperatorRoom, OperatorSeen } from "./model.ts";
import type { WebhookDeskRpc } from "./webhook-rpc.ts";

export interface AskedKey extends AskedFor {
  keyId: string;
}

/** What a form says of a key to be made: all of it as typed. */
export interface KeyWish {
  formId: string;
  mode: string;
  name: string;
  /** One of KEY_LIVES, or nothing. */
  days: string;
  /** Address blocks, separated by commas or spaces. */
  networks: string;
}

/** `name-unfit`, `network-unfit`, `choice-missing`: beside that field. `key-ended`: nothing is left to rotate. */
export type KeyRefusal = StaffRefusal | { refusal: "name-unfit" | "network-unfit" | "choice-missing" | "key-ended" | "command-reused" };

export interface OperatorHome {
  operator: OperatorSeen;
  /** The others whose people the visitor is of. */
  others: NamedOperator[];
  rooms: OperatorRoom[];
  asOf: Instant | null;
}

/**
 * What the portal may ask of origin for an operator's people. Each verb asks who they are and what they may for that operator; of another's,
 * and of one that is not there, they are told that there is nothing.
 */
export interface OperatorDeskRpc extends WebhookDeskRpc {
  home(request: AskedFor): Promise<Result<OperatorHome, StaffRefusal>>;
  /** The operator's keys, newest first, and whether the visitor may make and end any. */
  keys(request: AskedFor): Promise<Result<{ keys: KeySeen[]; may: { change: boolean } }, StaffRefusal>>;
  /** One of them, and what it asked in the last 30 days, newest first. */
  key(request: AskedKey): Promise<Result<{ key: KeySeen; days: KeyDay[]; may: { change: boolean } }, StaffRefusal>>;
  /** A new key, whose text is told this once. Repeatable by `formId`; takes a factor of the last 5 minutes, as the two below. */
  issueKey(request: AskedFor & KeyWish): Promise<Result<{ handedOut: HandedOut }, KeyRefusal>>;
  /** Another in its place; `overlapHours` is one of OVERLAPS. Repeatable by `formId`. */
  rotateKey(request: AskedKey & { formId: string; overlapHours: string }): Promise<Result<{ handedOut: HandedOut }, KeyRefusal>>;
  revokeKey(request: AskedKey): Promise<Result<object, KeyRefusal>>;
}
