import { concat, fromHex, toBase64, toHex, utf8 } from "../kernel/bytes.ts";
import type { Result } from "../kernel/result.ts";
import { parseBase64 } from "./lines.ts";
import { isKeyName } from "./verifier-key.ts";

/** A text with the signatures below it, in the form of C2SP signed-note: <https://c2sp.org/signed-note>. Nothing here says who signed. */
export interface Note {
  /** Ends in a line feed. */
  text: string;
  signatures: readonly NoteSignature[];
}

export interface NoteSignature {
  name: string;
  /** The key's id, as 8 hexadecimal digits. */
  id: string;
  signature: Uint8Array;
}

export type NoteRefusal = "too-large" | "control-character" | "not-unicode" | "no-signatures" | "too-many-signatures" | "signature-malformed";

/** In bytes of UTF-8 at most. */
const MAX_BYTES = 1_000_000;
const MAX_SIGNATURES = 100;
const ID_BYTES = 4;
const DASH = "\u2014 ";
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0009\u000b-\u001f]/;

export const formatSignature = ({ name, id, signature }: NoteSignature): string =>
  `${DASH}${name} ${toBase64(concat(fromHex(id), signature))}\n`;

export const formatNote = ({ text, signatures }: Note): string => `${text}\n${signatures.map(formatSignature).join("")}`;

/** Reads what `formatNote` writes, and refuses everything else. */
export function parseNote(note: string): Result<{ note: Note }, { refusal: NoteRefusal }> {
  if (note.length > MAX_BYTES || utf8(note).length > MAX_BYTES) return { ok: false, refusal: "too-large" };
  if (!note.isWellFormed()) return { ok: false, refusal: "not-unicode" };
  if (CONTROL.test(note)) return { ok: false, refusal: "control-character" };
  const end = note.lastIndexOf("\n\n") + 1;
  if (end === 0) return { ok: false, refusal: "no-signatures" };
  const signatures = parseSignatures(note.slice(end + 1));
  return signatures.ok ? { ok: true, note: { text: note.slice(0, end), signatures: signatures.signatures } } : signatures;
}

/** Reads signature lines, as they stand below a note or in a witness's answer. There is at least one. */
export function parseSignatures(text: string): Result<{ signatures: NoteSignature[] }, { refusal: NoteRefusal }> {
  if (text === "") return { ok: false, refusal: "no-signatures" };
  if (!text.endsWith("\n")) return { ok: false, refusal: "signature-malformed" };
  const lines = text.slice(0, -1).split("\n", MAX_SIGNATURES + 1);
  if (lines.length > MAX_SIGNATURES) return { ok: false, refusal: "too-many-signatures" };
  const signatures = lines.map(parseSignature);
  return signatures.every((signature) => signature !== null) ? { ok: true, signatures } : { ok: false, refusal: "signature-malformed" };
}

function parseSignature(line: string): NoteSignature | null {
  const [dash, name = "", encoded = "", ...more] = line.split(" ");
  const bytes = parseBase64(encoded);
  if (`${dash} ` !== DASH || !isKeyName(name) || more.length > 0 || !bytes || bytes.length <= ID_BYTES) return null;
  return { name, id: toHex(bytes.subarray(0, ID_BYTES)), signature: bytes.slice(ID_BYTES) };
}
