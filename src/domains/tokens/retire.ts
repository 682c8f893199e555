import type { Keyring } from "../../bst/keyring.ts";
import { parseToken } from "../../bst/text.ts";
import { Directory } from "../../check/directory.ts";
import { TokenOpener } from "../../check/open.ts";
import type { Actor } from "../../kernel/actor.ts";
import type { Result } from "../../kernel/result.ts";
import type { DirectoryRefusal, OperatorDirectoryApi } from "../operators/rpc.ts";

export interface RetireParts {
  keyring: Keyring;
  directory: Pick<OperatorDirectoryApi, "epochsOf" | "retireToken">;
}

/**
 * Retires an operator's token, and every older one of the same person: the edge does not answer for them any more, and
 * new ones are of the next generation. One that is retired already stays so.
 */
export async function retireToken(
  { keyring, directory }: RetireParts,
  actor: Actor,
  operator: string,
  text: string,
): Promise<Result<object, DirectoryRefusal | { refusal: "token-invalid" | "token-retired" }>> {
  const epochs = await directory.epochsOf(operator);
  if (epochs.length === 0) return { ok: false, refusal: "operator-unknown" };
  const known = new Directory({ epochs });
  const token = new TokenOpener(keyring).open(text, operator, known);
  if (!token.ok) return { ok: false, refusal: token.problem };
  const { generation } = parseToken(text)!;
  return directory.retireToken({ operator, epoch: token.epoch, generation, p: token.p, actor });
}
