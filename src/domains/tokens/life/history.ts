import type { Keyring } from "../../../bst/keyring.ts";
import type { Result } from "../../../kernel/result.ts";
import type { EpochStep, OperatorDirectoryApi, TokenStep } from "../../operators/rpc.ts";
import { invalidToken, type OwnToken, OwnTokens } from "./own.ts";
import type { TokenRefusal } from "./settled.ts";

export interface HistoryParts {
  keyring: Keyring;
  directory: Pick<OperatorDirectoryApi, "tokensOf" | "tokenHistory">;
}

export interface TokenHistory {
  token: OwnToken;
  /** Oldest first. */
  steps: (TokenStep | EpochStep)[];
}

/** What became of a token and of those of the same person before and after it; of one that nothing was done to, its operator's epochs. */
export async function tokenHistory(
  { keyring, directory }: HistoryParts, operator: string, text: string,
): Promise<Result<TokenHistory, { refusal: "operator-unknown" } | TokenRefusal>> {
  const rows = await directory.tokensOf(operator);
  if (rows.epochs.length === 0) return { ok: false, refusal: "operator-unknown" };
  const token = new OwnTokens(keyring, operator, rows).open(text);
  if (!token.ok) return { ok: false, refusal: "token-invalid", problem: invalidToken(token, "/token") };
  const { acts, epochs } = await directory.tokenHistory(operator, token.p, token.epoch.epoch);
  return { ok: true, token, steps: [...epochs, ...acts].toSorted((one, other) => one.at - other.at) };
}
