/** What others are given of a log's key and of a witness's, to verify with. */
import { fromBase64Url } from "../../kernel/bytes.ts";
import { parseSigningKey } from "../../kernel/ed25519.ts";
import { COSIGNATURE, formatVerifierKey, isKeyName, NOTE, verifierKey } from "../../tlog/verifier-key.ts";
import { publicHalf } from "./settings.ts";
import { KeyRefusal, keysOf } from "./texts.ts";

const TYPES = { LOG_KEY: NOTE, WITNESS_KEY: COSIGNATURE } as const;

type NoteKey = keyof typeof TYPES;

/** The verifier key (C2SP signed-note) of a setting's text under a name: LOG_ORIGIN of a log, WITNESS_NAME of a witness. Throws KeyRefusal. */
export function verifierKeyOf(setting: string, text: string, name: string): string {
  if (!Object.hasOwn(TYPES, setting)) throw new KeyRefusal(`Only of ${Object.keys(TYPES).join(" and ")}.`);
  if (!isKeyName(name)) throw new KeyRefusal("Say --name: LOG_ORIGIN of the log, or WITNESS_NAME of the witness; it has neither blanks nor a plus.");
  keysOf(setting, text);
  return formatVerifierKey(verifierKey(name, TYPES[setting as NoteKey], fromBase64Url(publicHalf(parseSigningKey(text, setting).seed))));
}
