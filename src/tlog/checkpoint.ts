import { toBase64 } from "../kernel/bytes.ts";
import type { Result } from "../kernel/result.ts";
import { parseDecimal, parseHash } from "./lines.ts";
import type { TreeHead } from "./proofs.ts";

/** What a log signs of its tree, as the text of a note in the form of C2SP tlog-checkpoint: <https://c2sp.org/tlog-checkpoint>. */
export interface Checkpoint extends TreeHead {
  /** The log's identity: the first line. */
  origin: string;
  /** Lines of no meaning here; none is empty. */
  extensions: readonly string[];
}

export type CheckpointRefusal = "cut-short" | "origin-missing" | "size-malformed" | "root-malformed" | "extension-empty";

export const formatCheckpoint = ({ origin, size, root, extensions }: Checkpoint): string =>
  [origin, size, toBase64(root), ...extensions].map((line) => `${line}\n`).join("");

/** Reads a note's text; refuses everything that `formatCheckpoint` does not write. */
export function parseCheckpoint(text: string): Result<{ checkpoint: Checkpoint }, { refusal: CheckpointRefusal }> {
  if (!text.endsWith("\n")) return { ok: false, refusal: "cut-short" };
  const [origin = "", sizeLine = "", rootLine = "", ...extensions] = text.slice(0, -1).split("\n");
  if (origin === "") return { ok: false, refusal: "origin-missing" };
  const size = parseDecimal(sizeLine);
  if (size === null) return { ok: false, refusal: "size-malformed" };
  const root = parseHash(rootLine);
  if (root === null) return { ok: false, refusal: "root-malformed" };
  if (extensions.includes("")) return { ok: false, refusal: "extension-empty" };
  return { ok: true, checkpoint: { origin, size, root, extensions } };
}
