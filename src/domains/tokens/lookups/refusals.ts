import { ProblemError } from "../../../api/problem.ts";
import type { ProblemCode } from "../../../kernel/problem.ts";
import type { CommitRefusal } from "../../../office/commit.ts";
import type { ReadRefusal } from "./read.ts";
import type { RequestRefusal } from "./request.ts";
import type { DecisionRefusal } from "./rules.ts";

type Refusal = RequestRefusal | ReadRefusal | DecisionRefusal | CommitRefusal;

const SAID: Readonly<Record<Refusal["refusal"], readonly [code: ProblemCode, detail?: string, pointer?: string]>> = {
  "unknown": ["not-found"],
  "operator-unknown": ["field-invalid", "is not enrolled", "/operator"],
  "token-invalid": ["token-invalid", "is no token of this operator's", "/token"],
  "token-retired": ["token-retired", "is of an epoch that is retired", "/token"],
  "another-token": ["field-invalid", "is not the token that was asked about", "/token"],
  "used-up": ["rate-limited", "An officer may ask for so many a day."],
  "own-lookup": ["forbidden", "Another officer than who asked decides."],
  "not-yours": ["forbidden", "Nobody reads it but who asked."],
  "expired": ["conflict", "Its time is over: ask anew."],
  "not-now": ["conflict", "Its state does not know this step."],
  "conflict": ["conflict", "It was changed meanwhile: read it again."],
  "duplicate": ["conflict", "It is there already."],
  "command-reused": ["idempotency-key-reused"],
};

/** Answers what was refused of a lookup. */
export function refuseLookup(refused: Refusal): never {
  const [code, detail, pointer] = SAID[refused.refusal];
  if (pointer !== undefined) throw new ProblemError(code, { errors: [{ pointer, detail: detail! }] });
  const headers = "pauseMs" in refused ? { "retry-after": String(Math.ceil(refused.pauseMs / 1_000)) } : {};
  throw new ProblemError(code, detail === undefined ? {} : { detail, headers });
}
