import type { Change } from "../../../check/feed.ts";
import { toHex } from "../../../kernel/bytes.ts";

/** What Replicas still hold of a log beyond what was restored. */
export interface Found {
  /** Every row any of them holds, by `seq`; two of the same number when they hold different ones. */
  rows: Change[];
  /** Whether they do: then the log went two ways, and no row tells how it ended. */
  contradictory: boolean;
  /** Numbers nobody holds, below the highest anybody does: first and last of each run. */
  gaps: [number, number][];
}

/** A Replica of the release before keeps no kind and no news: such rows are one all the same. */
const fingerprint = (row: Change): string => JSON.stringify("p" in row ? { ...row, p: toHex(row.p), kind: undefined, news: undefined } : row);

export function reconcile(held: readonly (readonly Change[])[], after: number): Found {
  const distinct = new Map(held.flat().filter(({ seq }) => seq > after).map((row) => [fingerprint(row), row]));
  const rows = [...distinct.values()].toSorted((one, other) => one.seq - other.seq);
  const seqs = new Set(rows.map(({ seq }) => seq));
  return { rows, contradictory: seqs.size < rows.length, gaps: gapsIn(seqs, after) };
}

function gapsIn(seqs: ReadonlySet<number>, after: number): [number, number][] {
  const gaps: [number, number][] = [];
  let expected = after + 1;
  for (const seq of seqs) {
    if (seq > expected) gaps.push([expected, seq - 1]);
    expected = seq + 1;
  }
  return gaps;
}

type Excluded = Change & { type: "excluded" };

/**
 * Who is to stay excluded for rows whose persons are lost. A `released` row counts only where nothing is missing and nobody
 * contradicts: the safe side is excluded. One for somebody the restored rows exclude changes nothing: their promised end
 * does, when it comes.
 */
export function toSalvage({ rows, contradictory, gaps }: Found, isExplained: (row: Change) => boolean): Excluded[] {
  const releasesCount = !contradictory && gaps.length === 0;
  const kept = new Map<string, Excluded>();
  for (const row of rows) {
    if (row.type === "excluded" && !isExplained(row)) kept.set(toHex(row.p), row as Excluded);
    if (row.type === "released" && releasesCount) kept.delete(toHex(row.p));
  }
  return [...kept.values()];
}

/** A row of the operator directory, of whatever kind. */
export type DirectoryRow = Exclude<Change, { type: "excluded" | "released" | "manifest" }>;

export const isOfDirectory = (row: Change): row is DirectoryRow => !["excluded", "released", "manifest"].includes(row.type);
