import { sha256 } from "@noble/hashes/sha2.js";
import { wholeKey } from "../../check/directory.ts";
import { publicIdOf } from "../../check/public-id.ts";
import type { KeyMode } from "../../check/terms.ts";
import type { Random } from "../../kernel/clock.ts";
import { fromUtf8, toHex, utf8 } from "../../kernel/bytes.ts";
import type { Result } from "../../kernel/result.ts";
import type { Envelope } from "../../sealing/envelope.ts";
import type { Place } from "../../sealing/sealed.ts";
import type { DirectoryRefusal, HandedOut, IssueKey, OperatorDirectoryApi, RotateKey } from "./rpc.ts";

export interface KeyParts {
  directory: Pick<OperatorDirectoryApi, "issueKey" | "findKey" | "rotateKey">;
  envelope: Envelope;
  random: Random;
}

const SECRET_BYTES = 32;

/** An operator's id has no `_` and the secret is hexadecimal, so that the text splits in one way only. */
const makeKey = (operator: string, mode: KeyMode, random: Random): string => `sk_${mode}_${operator}_${toHex(random(SECRET_BYTES))}`;

const place = (commandId: string): Place => ({ table: "operatorKeys", column: "sealedReply", row: commandId });

/**
 * A fresh key for the operator, or, for a repeated command, the key it was answered with the first time. Register keeps
 * the hash and the sealed reply, which it cannot open.
 */
export const issueKey = (parts: KeyParts, command: Omit<IssueKey, "hash" | "sealedReply">): Promise<Result<HandedOut, DirectoryRefusal>> =>
  handOut(parts, command, command.mode ?? "live", (sealed) => parts.directory.issueKey({ ...command, ...sealed }));

/** A fresh key in the place of another of the operator's, of its mode and with its terms; repeatable like `issueKey`. */
export async function rotateKey(parts: KeyParts, command: Omit<RotateKey, "hash" | "sealedReply">): Promise<Result<HandedOut, DirectoryRefusal>> {
  const old = await parts.directory.findKey(command.operator, command.keyId);
  if (!old) return { ok: false, refusal: "key-unknown" };
  return handOut(parts, command, wholeKey(old).mode, (sealed) => parts.directory.rotateKey({ ...command, ...sealed }));
}

async function handOut(
  { envelope, random }: KeyParts, { commandId, operator }: Pick<IssueKey, "commandId" | "operator">, mode: KeyMode,
  put: (sealed: Pick<IssueKey, "hash" | "sealedReply">) => ReturnType<OperatorDirectoryApi["issueKey"]>,
): Promise<Result<HandedOut, DirectoryRefusal>> {
  const fresh = utf8(makeKey(operator, mode, random));
  const answer = await put({ hash: toHex(sha256(fresh)), sealedReply: envelope.seal(fresh, place(commandId)) });
  if (!answer.ok) return answer;
  const { keyId, sealedReply } = answer;
  return { ok: true, keyId, publicId: publicIdOf({ id: keyId, mode, operator }), key: fromUtf8(envelope.open(sealedReply, place(commandId))) };
}
