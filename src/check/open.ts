import type { Keyring } from "../bst/keyring.ts";
import { parseToken } from "../bst/text.ts";
import type { Opened } from "./decide.ts";
import type { Directory } from "./directory.ts";

const INVALID: Opened = { ok: false, problem: "token-invalid" };
const RETIRED: Opened = { ok: false, problem: "token-retired" };

/** Opens an operator's token. Mistyped, forged, another operator's or of an unknown epoch: never a pseudonym. */
export function openToken(text: string, operator: string, directory: Directory, keyring: Keyring): Opened {
  const token = parseToken(text);
  const row = token && directory.epoch(operator, token.epoch);
  if (!row) return INVALID;
  const { kind, generation } = token;
  const p = keyring.sealer(row.pairKeyId, { operator, epoch: row.epoch, kind, generation }).open(token.body);
  if (!p) return INVALID;
  if (row.state === "retired") return RETIRED;
  return { ok: true, kind, epoch: row.epoch, rootEpoch: row.rootEpoch, p };
}

/** Opens a token before there is a directory, by trying the few keys there are; what it finds is only a question to ask. */
export function guessToken(text: string, operator: string, keyring: Keyring): Opened {
  const token = parseToken(text);
  if (!token) return INVALID;
  const { kind, generation, epoch } = token;
  for (const pairKeyId of keyring.pairKeyIds) {
    const p = keyring.sealer(pairKeyId, { operator, epoch, kind, generation }).open(token.body);
    if (p) return { ok: true, kind, epoch, rootEpoch: 0, p };
  }
  return INVALID;
}
