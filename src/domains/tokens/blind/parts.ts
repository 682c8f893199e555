import type { Keyring } from "../../../bst/keyring.ts";
import type { IssueGuard } from "../guard-rpc.ts";
import type { BlindEvaluator } from "../rpc.ts";

/** What blind issuance stands on. */
export interface BlindParts {
  blindTokenizer: BlindEvaluator;
  keyring: Keyring;
  guard: IssueGuard;
}
