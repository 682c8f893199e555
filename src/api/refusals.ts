import type { ClientRefusal } from "../domains/authentication/oauth/clients/clients.ts";
import type { AccessRefusal } from "../domains/authentication/roles/refusals.ts";
import type { DirectoryRefusal } from "../domains/operators/rpc.ts";
import type { UserRefusal } from "../domains/users/accounts/parts.ts";
import type { ProblemCode } from "../kernel/problem.ts";
import type { CommitRefusal } from "../office/commit.ts";
import { ProblemError } from "./problem.ts";

const PROBLEM_OF: Record<DirectoryRefusal["refusal"], [ProblemCode, detail?: string]> = {
  "command-reused": ["idempotency-key-reused"],
  "operator-unknown": ["not-found"],
  "key-unknown": ["not-found"],
  "key-ended": ["conflict", "The key is revoked or has expired: issue a new one."],
  "epochs-exhausted": ["conflict", "Thirty-two epochs are in use: the oldest must be retired first."],
  "generations-exhausted": ["conflict", "The token is the last of its epoch: move the operator's epoch instead."],
  "too-many-retired": ["conflict", "As many tokens were retired singly as are kept: move the operator's epoch instead, which retires all that are older."],
  "token-retired": ["token-retired"],
};

/** Answers what the operator directory refused. */
export function refuse({ refusal }: DirectoryRefusal): never {
  const [code, detail] = PROBLEM_OF[refusal];
  throw new ProblemError(code, detail === undefined ? {} : { detail });
}

const PROBLEM_OF_COMMIT: Record<CommitRefusal["refusal"], [ProblemCode, detail?: string]> = {
  "command-reused": ["idempotency-key-reused"],
  "conflict": ["conflict", "It was changed meanwhile: read it again."],
  "duplicate": ["conflict", "It is there already."],
};

/** Answers what the office's database refused. */
export function refuseCommit({ refusal }: CommitRefusal): never {
  const [code, detail] = PROBLEM_OF_COMMIT[refusal];
  throw new ProblemError(code, detail === undefined ? {} : { detail });
}

const PROBLEM_OF_USER: Record<UserRefusal["refusal"], [ProblemCode, detail?: string]> = {
  ...PROBLEM_OF_COMMIT,
  "duplicate": ["conflict", "The e-mail address is taken."],
  "unknown": ["not-found"],
  "beyond-own": ["forbidden", "It may do more than you may give."],
  "oneself": ["forbidden", "Nobody locks, verifies or deletes themself."],
  "last-administrator": ["conflict", "The last administrator stays."],
  "deleted": ["conflict", "It is deleted: restore it first."],
  "not-deleted": ["conflict", "It is not deleted."],
  "erased": ["conflict", "Who it was is erased."],
  "unverified": ["conflict", "Nothing is verified that could be revoked."],
};

/** Answers what was refused of an account. */
export function refuseUser({ refusal }: UserRefusal): never {
  const [code, detail] = PROBLEM_OF_USER[refusal];
  throw new ProblemError(code, detail === undefined ? {} : { detail });
}

const PROBLEM_OF_ACCESS: Record<AccessRefusal["refusal"], [ProblemCode, detail?: string]> = {
  ...PROBLEM_OF_COMMIT,
  "oneself": ["forbidden", "Nobody changes what they may do themself."],
  "beyond-own": ["forbidden", "It would be more than you may give."],
  "unknown": ["not-found"],
  "role-unfit": ["field-invalid", "operator: goes with an operator's roles, and with no other"],
  "operator-unknown": ["field-invalid", "operator: is not enrolled"],
  "last-administrator": ["conflict", "The last administrator stays."],
  "activation-unfit": ["conflict", "Its holder can do without: they have a password, or come back by their phone."],
  "lifetime-invalid": ["field-invalid", "expiresAt: must lie ahead, and within 90 days"],
};

/** Answers what was refused of roles, of access tokens and of operators' people. */
export function refuseAccess({ refusal }: AccessRefusal): never {
  const [code, detail] = PROBLEM_OF_ACCESS[refusal];
  throw new ProblemError(code, detail === undefined ? {} : { detail });
}

const PROBLEM_OF_CLIENT: Record<ClientRefusal["refusal"], [ProblemCode, detail?: string]> = {
  ...PROBLEM_OF_COMMIT,
  "unknown": ["not-found"],
  "public": ["conflict", "A public client has no secret."],
  "operator-unknown": PROBLEM_OF_ACCESS["operator-unknown"],
  "redirect-uris-unfit": ["field-invalid", "redirectUris: go with authorization_code, each https or http://127.0.0.1, spelled as the URL standard does"],
  "program-unfit": ["field-invalid", "grants: client_credentials takes a confidential client, an operator, and a scope that an operator's program can have"],
};

/** Answers what was refused of third parties' programs. */
export function refuseClient({ refusal }: ClientRefusal): never {
  const [code, detail] = PROBLEM_OF_CLIENT[refusal];
  throw new ProblemError(code, detail === undefined ? {} : { detail });
}
