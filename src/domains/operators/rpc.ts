import type { EpochRow, OperatorRow } from "../../check/directory.ts";
import type { Kind } from "../../bst/kinds.ts";
import type { Result } from "../../kernel/result.ts";

export interface EnrolOperator {
  commandId: string;
  /** SHA-256 of the request, so that a command id used for another request is seen. */
  fingerprint: string;
  name: string;
  /** The kinds of identifier the licence requires at registration, login, deposit and bet. */
  requiredKinds: Kind[];
}

export interface IssueKey {
  commandId: string;
  fingerprint: string;
  operator: string;
  /** SHA-256 of the whole key text, lower-case hexadecimal; the key itself is never stored. */
  hash: string;
  /** The first reply, sealed by the caller, so that a repeated command is answered with the same key. */
  sealedReply: Uint8Array;
}

export type DirectoryRefusal = { refusal: "command-reused" | "operator-unknown" | "key-unknown" };

/** An operator as its staff and the regulator see it. */
export interface Operator extends OperatorRow {
  name: string;
}

/** The operator directory, which Register owns because it travels in the same order as the exclusions. */
export interface OperatorDirectoryApi {
  enrolOperator(command: EnrolOperator): Promise<Result<{ operator: Operator }, DirectoryRefusal>>;
  issueKey(command: IssueKey): Promise<Result<{ keyId: string; sealedReply: Uint8Array }, DirectoryRefusal>>;
  revokeKey(command: { operator: string; keyId: string }): Promise<Result<object, DirectoryRefusal>>;
  /** Who holds the key with this hash, and the epoch to seal new tokens in; null for an unknown or revoked key. */
  keyHolder(hash: string): Promise<{ operator: OperatorRow; epoch: EpochRow } | null>;
}
