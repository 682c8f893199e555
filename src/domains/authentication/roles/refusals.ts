import type { Result } from "../../../kernel/result.ts";
import type { CommitRefusal } from "../../../office/commit.ts";

/** Why something about roles, access tokens or an operator's people is refused. */
export type AccessRefusal =
  | CommitRefusal
  | { refusal: "oneself" | "beyond-own" | "last-administrator" }
  | { refusal: "role-unfit" | "operator-unknown" | "lifetime-invalid" | "activation-unfit" }
  /** Nothing is there, or nothing the caller may know of. */
  | { refusal: "unknown" };

export type AccessResult<T> = Result<T, AccessRefusal>;
