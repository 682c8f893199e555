import { type ExportedEntry, exportedEntry, pageHead } from "../../../audit/export.ts";
import { readLeaf } from "../../../audit/entry.ts";
import { publishedCheckpoint, publishedRange, type ReadPublished } from "../../../audit/published.ts";
import type { Actor } from "../../../kernel/actor.ts";
import type { Clock, Instant, Random } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import { commit } from "../../../office/commit.ts";
import type { Office } from "../../../office/database.ts";
import { recordOf } from "../../../office/entry.ts";
import { firstPlaceFrom, ownEntries } from "./store.ts";

export interface ExportParts {
  office: Office;
  published: ReadPublished;
  clock: Clock;
  random: Random;
}

/** Times, the later exclusive; or where the page before said that the next one begins, and where the last one ends. */
export type ExportRange = { from: Instant; to: Instant } | { place: number; end: number };

const A_PAGE = 1_024;

/**
 * A page of the log in its own order, as lines of JSON (src/audit/export.ts), with its proof in the published checkpoint; that it was exported is in the
 * audit log before it is answered. A time stands for the place of the first entry of then, so that what one export ends before another begins with, and
 * none is in neither. `nothing-there`: the published checkpoint has nothing of it. Throws when the database or the bucket does not answer.
 */
export async function exportPage(parts: ExportParts, actor: Actor, range: ExportRange): Promise<Result<{ lines: object[] }, { refusal: "nothing-there" }>> {
  const checkpoint = await publishedCheckpoint(parts.published);
  const { from, end } = checkpoint ? await placesOf(parts, range, checkpoint.size) : { from: 0, end: 0 };
  if (!checkpoint || from >= end) return { ok: false, refusal: "nothing-there" };
  const to = Math.min(from + A_PAGE, end);
  await noteExport(parts, actor, { from, to });
  const { leaves, proof } = await publishedRange(parts.published, { from, to }, checkpoint.size);
  const next = to < end ? `${to}-${end}` : null;
  return { ok: true, lines: [pageHead({ from, to, checkpoint: checkpoint.note, proof, next }), ...(await opened(parts, from, leaves))] };
}

async function placesOf({ office }: ExportParts, range: ExportRange, size: number): Promise<{ from: number; end: number }> {
  if ("place" in range) return { from: range.place, end: Math.min(range.end, size) };
  const [from, to] = await Promise.all([firstPlaceFrom(office, range.from), firstPlaceFrom(office, range.to)]);
  return { from: from ?? size, end: Math.min(to ?? size, size) };
}

async function noteExport({ office, clock, random }: ExportParts, actor: Actor, places: { from: number; to: number }): Promise<void> {
  await commit(office, { actor, rows: [], audit: { action: "audit.exported", resource: "audit", payload: places }, answer: {} }, { now: clock(), random });
}

/** The leaves, and beside each of the office's own what it means. */
async function opened({ office }: ExportParts, from: number, leaves: readonly Uint8Array[]): Promise<ExportedEntry[]> {
  const idOf = (leaf: Uint8Array): string | null => {
    const read = readLeaf(leaf);
    return read?.source === "office" ? read.id : null;
  };
  const own = await ownEntries(office, leaves.map(idOf).filter((id) => id !== null));
  return leaves.map((leaf, at) => {
    const entry = own.get(idOf(leaf) ?? "");
    return exportedEntry(from + at, leaf, entry?.salt ? { record: recordOf(entry), salt: entry.salt } : null);
  });
}
