import type { Instant } from "../../../kernel/clock.ts";

/** What has a data key: accounts, and people's vaults. A pass goes through them in this order. */
export const RECORDS = ["users", "vaults"] as const;
export type Records = (typeof RECORDS)[number];

/** For each kind of record, how many stand under which key-encryption key. */
export type Tally = Record<Records, Record<string, number>>;

export const NOTHING_COUNTED: Tally = { users: {}, vaults: {} };

/** Stands for the id of a record that does not say under which key it is. */
const UNREADABLE = "unreadable";

/** Where a pass is: in which records, and after which id of them. */
export interface Position {
  records: Records;
  after: string;
}

export const BEGINNING = "users/";

export const writePosition = ({ records, after }: Position): string => `${records}/${after}`;

export function readPosition(text: string): Position {
  const [records, after] = text.split("/") as [Records, string];
  return { records, after };
}

/** Where a pass goes on after the ids of one step; null when it went through. A step that was not full is the last of its records. */
export function positionAfter({ records }: Position, ids: readonly string[], limit: number): Position | null {
  if (ids.length === limit) return { records, after: ids.at(-1)! };
  const following = RECORDS[RECORDS.indexOf(records) + 1];
  return following ? { records: following, after: "" } : null;
}

export function tallied(tally: Tally, records: Records, keyIds: readonly (string | null)[]): Tally {
  const counts = { ...tally[records] };
  for (const keyId of keyIds) counts[keyId ?? UNREADABLE] = (counts[keyId ?? UNREADABLE] ?? 0) + 1;
  return { ...tally, [records]: counts };
}

/** A pass as far as it went. */
export interface Pass {
  keyId: string;
  createdAt: Instant;
  finishedAt: Instant | null;
  tally: Tally;
}

export interface KeyUse {
  keyId: string;
  /** Whether BOX_KEYS has it. */
  held: boolean;
  /** How many records the last pass left under it; null before any pass. */
  users: number | null;
  vaults: number | null;
  /** Whether nothing stands under it any more: what is false may still be needed. */
  retirable: boolean;
}

/** Every key-encryption key that is there or needed. None is retirable unless a pass under the current one went through without it. */
export function usesOf({ current, keyIds }: { current: string; keyIds: readonly string[] }, pass: Pass | null): KeyUse[] {
  const found = RECORDS.flatMap((records) => Object.keys(pass?.tally[records] ?? {}));
  const whole = pass !== null && pass.finishedAt !== null && pass.keyId === current;
  return [...new Set([...keyIds, ...found])].toSorted(byLength).map((keyId) => {
    const [users, vaults] = RECORDS.map((records) => pass && (pass.tally[records][keyId] ?? 0));
    return { keyId, held: keyIds.includes(keyId), users: users!, vaults: vaults!, retirable: whole && keyId !== current && users === 0 && vaults === 0 };
  });
}

/** Numbers in their order, and the one word after them. */
const byLength = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1);
