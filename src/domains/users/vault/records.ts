import type { Instant, Random } from "../../../kernel/clock.ts";
import type { Transaction } from "../../../objects/database.ts";
import { openValue, type Place, sealValue } from "../../../sealing/sealed.ts";
import type { Kept } from "./model.ts";
import { changedFields } from "./rules.ts";
import { latestRecord, putRecord, type RecordName, type StoredRecord } from "./store.ts";

const place = (record: RecordName, version: number): Place => ({ table: "records", column: "sealed", row: `${record}/${version}` });

/** A record as it stands. Throws when it cannot be opened. */
export function keptRecord<Value>(database: Transaction, dataKey: Uint8Array, record: RecordName): Kept<Value> {
  const row = latestRecord(database, record);
  if (!row) return { version: 0, value: null, changedAt: null };
  return { version: row.version, value: openRecord<Value>(dataKey, row), changedAt: row.at };
}

/** What a row says; null when it no longer stands, or removed what stood. Throws when it cannot be opened. */
export const openRecord = <Value>(dataKey: Uint8Array, { record, version, sealed }: StoredRecord): Value | null =>
  sealed && openValue<Value>(dataKey, sealed, place(record, version));

/**
 * Writes the next version; answers the fields that say something else now, null when `version` is not the one that stands. What says the
 * same as stands is no change.
 */
export function changeRecord<Value extends object>(
  transaction: Transaction, dataKey: Uint8Array, record: RecordName, change: { version: number; value: Value | null }, now: Instant, random: Random,
): string[] | null {
  const kept = keptRecord<Value>(transaction, dataKey, record);
  const fields = changedFields(kept.value, change.value);
  if (fields.length === 0) return fields;
  if (kept.version !== change.version) return null;
  const version = kept.version + 1;
  const sealed = change.value && sealValue(dataKey, change.value, place(record, version), random);
  putRecord(transaction, { record, version, sealed, at: now });
  return fields;
}
