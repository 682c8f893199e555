import type { Kind } from "../../bst/kinds.ts";
import type { Allowance, EpochRow, KeyRow, OperatorRow } from "../../check/directory.ts";
import type { GenerationRow } from "../../check/generations.ts";
import type { KeyMode, KeyTerms } from "../../check/terms.ts";
import type { Actor } from "../../kernel/actor.ts";
import type { Instant } from "../../kernel/clock.ts";
import type { Result } from "../../kernel/result.ts";
import type { PairKeysApi, RotationReason } from "./pair-keys/rpc.ts";
import type { TokenActsApi } from "./token-acts/rpc.ts";

export { ACTS_ON_TOKENS, TOKEN_REASONS } from "./token-acts/model.ts";
export type { ActOnToken, EpochStep, TokenReason, TokenStep } from "./token-acts/model.ts";
export type { OperatorTokens } from "./token-acts/rpc.ts";

/** Who gives a command, for the audit; the release before does not say. */
interface Given {
  actor?: Actor;
}

export interface EnrolOperator extends Given {
  commandId: string;
  /** SHA-256 of the request, so that a command id used for another request is seen. */
  fingerprint: string;
  name: string;
  /** The kinds of identifier the licence requires at registration, login, deposit and bet. */
  requiredKinds: Kind[];
  /** None when it is not said. */
  declaredCustomers?: number | undefined;
}

export interface DeclareCustomers extends Given {
  operator: string;
  declaredCustomers: number;
}

export interface IssueKey extends Given {
  commandId: string;
  fingerprint: string;
  operator: string;
  /** SHA-256 of the whole key text, lower-case hexadecimal; the key itself is never stored. */
  hash: string;
  /** The first reply, sealed by the caller, so that a repeated command is answered with the same key. */
  sealedReply: Uint8Array;
  /** The usual ones when they are not said. */
  terms?: KeyTerms;
  /** Live when it is not said. */
  mode?: KeyMode;
  /** What the operator calls it; nothing when it is not said. */
  name?: string | null;
}

export interface RotateKey extends Given, Pick<IssueKey, "commandId" | "fingerprint" | "operator" | "hash" | "sealedReply"> {
  /** The one that another takes the place of. */
  keyId: string;
  /** How long, in ms, the old one holds beside the new one; 0 revokes it at once. */
  overlapMs: number;
  /** When the new one expires; as the old one when it is not said. */
  expiresAt?: Instant | null | undefined;
}

export interface RotateEpoch extends Given {
  commandId: string;
  fingerprint: string;
  operator: string;
  /** The pairwise key of the new epoch; the same as before when none is said. */
  pairKeyId?: string | undefined;
  /** Scheduled when none is said. */
  reason?: RotationReason;
}

export interface RevokeKey extends Given {
  operator: string;
  keyId: string;
}

export type DirectoryRefusal = {
  refusal: "command-reused" | "operator-unknown" | "key-unknown" | "key-ended" | "epochs-exhausted" | "generations-exhausted" | "too-many-retired" | "token-retired";
};

/** Whose key it is, what it may do, what their tokens are sealed in (the current epoch, and who is beyond its generation 0), and how many they may ask for. */
export interface KeyHolder {
  key: KeyRow;
  operator: OperatorRow;
  epoch: EpochRow;
  generations: GenerationRow[];
  /** How many customers the operator declared; 0 when it declared none. */
  declaredCustomers: number;
}

/** What a key may ask, and what was last said of its day. */
export interface KeyQuota {
  keyId: string;
  perSecond: number;
  perDay: number;
  allowance: Allowance | null;
}

/** An operator as its staff and the regulator see it. */
export interface Operator extends OperatorRow {
  name: string;
}

/** An operator as the office lists it. */
export interface ListedOperator extends Operator {
  declaredCustomers: number;
  enrolledAt: Instant;
}

/** A key as it is handed out: the only time that its text is shown. */
export interface HandedOut {
  keyId: string;
  publicId: string;
  key: string;
}

/** A key as the office lists it: without its hash and its sealed reply. */
export interface ListedKey extends Omit<KeyRow, "hash"> {
  name: string | null;
  issuedAt: Instant;
  revokedAt: Instant | null;
}

/** The operator directory, which Register owns because it travels in the same order as the exclusions. */
export interface OperatorDirectoryApi extends TokenActsApi, PairKeysApi {
  enrolOperator(command: EnrolOperator): Promise<Result<{ operator: Operator }, DirectoryRefusal>>;
  issueKey(command: IssueKey): Promise<Result<{ keyId: string; sealedReply: Uint8Array }, DirectoryRefusal>>;
  /** Says anew how many customers an operator has. Saying it again changes nothing. */
  declareCustomers(command: DeclareCustomers): Promise<Result<object, DirectoryRefusal>>;
  revokeKey(command: RevokeKey): Promise<Result<object, DirectoryRefusal>>;
  /** An operator's newest 200 keys, newest first; none for an unknown operator. */
  keysOf(operator: string): Promise<ListedKey[]>;
  /** An operator's key, in force or not; null for an unknown one. */
  findKey(operator: string, keyId: string): Promise<KeyRow | null>;
  /** A new key with the terms, the mode and the name of one that is in force, which ends when the overlap does, or before. Repeatable by `commandId`. */
  rotateKey(command: RotateKey): Promise<Result<{ keyId: string; sealedReply: Uint8Array }, DirectoryRefusal>>;
  /** Who holds the key with this hash; null for an unknown, revoked or expired key. */
  keyHolder(hash: string): Promise<KeyHolder | null>;
  /**
   * A new epoch for an operator's tokens; those of the one before are read until its grace is over, which is short, for every
   * epoch before, where they were compromised. Repeatable by `commandId`.
   */
  rotateEpoch(command: RotateEpoch): Promise<Result<{ epoch: EpochRow }, DirectoryRefusal>>;
  /** What operators are called, by id; an unknown one is left out. */
  operatorNames(ids: readonly string[]): Promise<Record<string, string>>;
  /** Every epoch an operator ever had; none for an unknown operator. */
  epochsOf(operator: string): Promise<EpochRow[]>;
  /** The active ones of these keys. */
  quotasOf(keyIds: readonly string[]): Promise<KeyQuota[]>;
  /** Sets a key's pace for the rest of its day. Setting it again changes nothing. */
  setAllowance(allowance: Allowance): Promise<Result<object, DirectoryRefusal>>;
}
