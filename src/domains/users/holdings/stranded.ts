import type { Random } from "../../../kernel/clock.ts";
import type { ObjectDatabase } from "../../../objects/database.ts";
import { audit, putBackAudit } from "../../../objects/audit.ts";
import { dropStranded, strandedRows } from "../../../objects/recovery/stranded.ts";
import type { Envelope } from "../../../sealing/envelope.ts";
import { notices } from "../../notifications/tables.ts";
import { identityReads } from "../identities/tables.ts";
import { accepted, checks, identifiers, shreds, vault } from "../tables.ts";
import { keepIdentifier, openIdentifier } from "../vault.ts";
import { changeRecord, keptRecord, openRecord } from "../vault/records.ts";
import { insertConsent, insertEvidence } from "../vault/store.ts";
import { consents, endedVisits, identifierEvidence, records } from "../vault/tables.ts";
import { vaultKey } from "../vault-key.ts";
import { insertVerification } from "../verifications/store.ts";
import { verifications } from "../verifications/tables.ts";
import { messages, statements } from "./tables.ts";

/** Their rows have names of their own, by which one that is known already changes nothing. */
const NAMED = [vault, shreds, accepted, checks, identityReads, endedVisits, notices, messages, statements];

/**
 * Puts rows that had been set aside beside those that were read back. A number may be another row's by now: what is numbered gets a new
 * one, and what was sealed for its number is sealed for the new one.
 */
export function putBackStranded(database: ObjectDatabase, envelope: Envelope, random: Random): void {
  for (const table of NAMED) {
    for (const row of strandedRows(database, table)) database.insert(table).values(row).onConflictDoNothing().run();
  }
  putBackAudit(database, strandedRows(database, audit));
  for (const { id: _, ...consent } of strandedRows(database, consents)) insertConsent(database, consent);
  const dataKey = vaultKey(database, envelope);
  if (dataKey) {
    putBackIdentifiers(database, dataKey, random);
    putBackRecords(database, dataKey, random);
  }
  dropStranded(database);
}

function putBackIdentifiers(database: ObjectDatabase, dataKey: Uint8Array, random: Random): void {
  const positions = new Map(strandedRows(database, identifiers).map((row) =>
    [row.position, keepIdentifier(database, dataKey, openIdentifier(dataKey, row), row.addedAt, random)]));
  for (const { id: _, identifier, ...stated } of strandedRows(database, identifierEvidence)) {
    insertEvidence(database, positions.get(identifier) ?? identifier, stated);
  }
  for (const { identifier, ...row } of strandedRows(database, verifications)) {
    insertVerification(database, { ...row, identifier: positions.get(identifier) ?? identifier });
  }
}

/** What the person said last stands. */
function putBackRecords(database: ObjectDatabase, dataKey: Uint8Array, random: Random): void {
  for (const [record, rows] of Map.groupBy(strandedRows(database, records), (row) => row.record)) {
    const last = rows.reduce((one, other) => (other.version > one.version ? other : one));
    const { version } = keptRecord(database, dataKey, record);
    changeRecord(database, dataKey, record, { version, value: openRecord<object>(dataKey, last) }, last.at, random);
  }
}
