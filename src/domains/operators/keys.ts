import { sha256 } from "@noble/hashes/sha2.js";
import type { Random } from "../../kernel/clock.ts";
import { fromUtf8, toHex, utf8 } from "../../kernel/bytes.ts";
import type { Result } from "../../kernel/result.ts";
import type { Envelope } from "../../sealing/envelope.ts";
import type { Place } from "../../sealing/sealed.ts";
import type { DirectoryRefusal, IssueKey, OperatorDirectoryApi } from "./rpc.ts";

export interface KeyParts {
  directory: Pick<OperatorDirectoryApi, "issueKey">;
  envelope: Envelope;
  random: Random;
}

const SECRET_BYTES = 32;

/** An operator's id has no `_` and the secret is hexadecimal, so that the text splits in one way only. */
const makeKey = (operator: string, random: Random): string => `sk_live_${operator}_${toHex(random(SECRET_BYTES))}`;

const place = (commandId: string): Place => ({ table: "operatorKeys", column: "sealedReply", row: commandId });

/**
 * A fresh key for the operator, or, for a repeated command, the key it was answered with the first time. Register keeps
 * the hash and the sealed reply, which it cannot open.
 */
export async function issueKey(
  { directory, envelope, random }: KeyParts,
  command: Pick<IssueKey, "commandId" | "fingerprint" | "operator" | "terms" | "actor">,
): Promise<Result<{ keyId: string; key: string }, DirectoryRefusal>> {
  const key = makeKey(command.operator, random);
  const answer = await directory.issueKey({
    ...command,
    hash: toHex(sha256(utf8(key))),
    sealedReply: envelope.seal(utf8(key), place(command.commandId)),
  });
  if (!answer.ok) return answer;
  return { ok: true, keyId: answer.keyId, key: fromUtf8(envelope.open(answer.sealedReply, place(command.commandId))) };
}
