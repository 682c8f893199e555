import { fromBase64Url, fromUtf8, toBase64, toBase64Url, utf8 } from "../kernel/bytes.ts";
import type { Result } from "../kernel/result.ts";
import { parseHashes } from "../tlog/lines.ts";
import { type Hash, leafHash } from "../tlog/merkle.ts";
import { type CheckpointDoubt, openCheckpoint } from "../tlog/open-checkpoint.ts";
import type { Policy } from "../tlog/policy.ts";
import { verifyRange } from "../tlog/proofs.ts";
import { type AuditRecord, commitmentOf, readLeaf } from "./entry.ts";

/**
 * A range of the log in a file of lines of JSON that is verified without asking anybody. Each page begins with a line that says which places it has,
 * in which checkpoint, and the hashes of all that stands beside them; a line for each place follows, with its leaf in its own bytes and, where the
 * office can, what opens it. The tree's root follows from both: no leaf is another's, and none between is left out. Pages follow one another.
 */

export interface PageHead {
  format: typeof FORMAT;
  /** Places: from the first to before the last. */
  from: number;
  to: number;
  /** The signed note. */
  checkpoint: string;
  /** In base64, from left to right. */
  proof: string[];
  /** The `place` that the next page is asked for with; null after the last. */
  next: string | null;
}

export interface ExportedEntry {
  index: number;
  /** Text. */
  leaf: string;
  /** Null where the office has none, or it was erased. The salt is in base64url. */
  opening: { record: AuditRecord; salt: string } | null;
}

export const FORMAT = "nser-audit-export@v1";

export const pageHead = (page: Omit<PageHead, "format" | "proof"> & { proof: readonly Hash[] }): PageHead =>
  ({ format: FORMAT, ...page, proof: page.proof.map(toBase64) });

export const exportedEntry = (index: number, leaf: Uint8Array, opened: { record: AuditRecord; salt: Uint8Array } | null): ExportedEntry =>
  ({ index, leaf: fromUtf8(leaf), opening: opened && { record: opened.record, salt: toBase64Url(opened.salt) } });

export type ExportDoubt =
  | CheckpointDoubt | "empty" | "not-a-page" | "cut-short" | "out-of-order" | "not-a-leaf" | "opening-wrong" | "proof-malformed" | "not-proven" | "pages-apart";

/** What an export was found to be; `isWhole` unless more pages were to follow. */
export interface VerifiedExport {
  from: number;
  to: number;
  opened: number;
  isWhole: boolean;
}

/** Whether all of the file is in a log that the policy believes; if not, the first doubt and the line it is at, counted from 1. */
export async function verifyExport(text: string, policy: Policy): Promise<Result<VerifiedExport, { refusal: ExportDoubt; line: number }>> {
  const lines = text.replace(/\n$/, "").split("\n");
  const found: VerifiedExport[] = [];
  for (let at = 0; at < lines.length;) {
    const page = await verifyPage(lines.slice(at), policy);
    if (!page.ok) return { ok: false, refusal: page.refusal, line: at + 1 + page.at };
    if (found.length > 0 && found.at(-1)!.to !== page.from) return { ok: false, refusal: "pages-apart", line: at + 1 };
    found.push(page);
    at += 1 + page.to - page.from;
  }
  const [first, last] = [found[0]!, found.at(-1)!];
  return { ok: true, from: first.from, to: last.to, isWhole: last.isWhole, opened: found.reduce((sum, { opened }) => sum + opened, 0) };
}

type PageDoubt = { refusal: ExportDoubt; at: number };

const doubt = (refusal: ExportDoubt, at = 0): { ok: false } & PageDoubt => ({ ok: false, refusal, at });

/** The page that the lines begin with. */
async function verifyPage(lines: readonly string[], policy: Policy): Promise<Result<VerifiedExport, PageDoubt>> {
  const head = readHead(lines[0]!);
  if (!head) return doubt(lines[0] === "" ? "empty" : "not-a-page");
  const { from, to, next } = head;
  if (lines.length < 1 + to - from) return doubt("cut-short", lines.length - 1);
  const leaves: Hash[] = [];
  let opened = 0;
  for (let index = from; index < to; index++) {
    const entry = verifyEntry(lines[1 + index - from]!, index);
    if (!entry.ok) return doubt(entry.refusal, 1 + index - from);
    leaves.push(entry.hash);
    opened += entry.isOpened ? 1 : 0;
  }
  const proof = parseHashes(head.proof);
  if (!proof) return doubt("proof-malformed");
  const believed = await openCheckpoint(head.checkpoint, policy);
  if (!believed.ok) return doubt(believed.refusal);
  return verifyRange(leaves, BigInt(from), proof, believed.checkpoint) ? { ok: true, from, to, opened, isWhole: next === null } : doubt("not-proven");
}

function readHead(line: string): PageHead | null {
  const { format, from, to, checkpoint, proof, next } = parsed(line) as Partial<PageHead>;
  const isRange = Number.isSafeInteger(from) && Number.isSafeInteger(to) && from! >= 0 && from! < to!;
  const isHead = isRange && format === FORMAT && typeof checkpoint === "string" && Array.isArray(proof) && proof.every((hash) => typeof hash === "string");
  return isHead ? { format, from: from!, to: to!, checkpoint, proof, next: next ?? null } : null;
}

/** The line of a place: its leaf's hash, and whether it is opened, rightly. */
function verifyEntry(line: string, index: number): Result<{ hash: Hash; isOpened: boolean }, { refusal: ExportDoubt }> {
  const entry = parsed(line) as Partial<ExportedEntry>;
  if (entry.index !== index) return { ok: false, refusal: "out-of-order" };
  const leaf = typeof entry.leaf === "string" ? readLeaf(utf8(entry.leaf)) : null;
  if (!leaf) return { ok: false, refusal: "not-a-leaf" };
  if (entry.opening && !opens(entry.opening, leaf.commitment)) return { ok: false, refusal: "opening-wrong" };
  return { ok: true, hash: leafHash(utf8(entry.leaf!)), isOpened: Boolean(entry.opening) };
}

function opens({ record, salt }: NonNullable<ExportedEntry["opening"]>, commitment: string): boolean {
  try {
    return commitmentOf(fromBase64Url(salt), record) === commitment;
  } catch {
    return false;
  }
}

function parsed(line: string): object {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
