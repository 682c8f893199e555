import type { Actor } from "../../../kernel/actor.ts";
import type { Result } from "../../../kernel/result.ts";
import type { ActOnToken, DirectoryRefusal, OperatorDirectoryApi, TokenReason } from "../../operators/rpc.ts";
import type { CountTokens } from "../guard-rpc.ts";
import { invalidToken, OwnTokens, ownTokens } from "./own.ts";
import { type RenewParts, successors } from "./renew.ts";
import type { TokenRefusal } from "./settled.ts";

export interface ActParts extends RenewParts {
  directory: Pick<OperatorDirectoryApi, "tokensOf" | "actOnToken">;
  countTokens: CountTokens;
}

interface Act {
  operator: string;
  act: ActOnToken;
  token: string;
  reason: TokenReason | null;
  actor: Actor;
}

/**
 * Retires an operator's token, with every older one of the same person, and answers the one to keep instead; null after a
 * deactivation. What fails after it was retired is mended by asking again: the same token is answered, and nothing done twice.
 */
export async function actOnToken(
  parts: ActParts, { operator, act, token: text, reason, actor }: Act,
): Promise<Result<{ token: string | null }, DirectoryRefusal | TokenRefusal>> {
  const rows = await parts.directory.tokensOf(operator);
  if (rows.epochs.length === 0) return { ok: false, refusal: "operator-unknown" };
  const token = new OwnTokens(parts.keyring, operator, rows).open(text);
  if (!token.ok) return { ok: false, refusal: "token-invalid", problem: invalidToken(token, "/token") };
  const { epoch: { epoch }, generation, p } = token;
  const answer = await parts.directory.actOnToken({ operator, act, epoch, generation, p, reason, actor });
  if (!answer.ok) return answer;
  if (answer.kept) parts.countTokens(operator, act, 1);
  if (act === "deactivated") return { ok: true, token: null };
  const since = await ownTokens(parts, operator);
  return { ok: true, token: (await successors(parts, since, [token]))[0]! };
}
