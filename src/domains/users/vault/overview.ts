import type { Instant } from "../../../kernel/clock.ts";
import type { Transaction } from "../../../objects/database.ts";
import { unreadNotices } from "../../notifications/index.ts";
import { storedIdentifiers, vaultOf } from "../store.ts";
import { openIdentifier } from "../vault.ts";
import type { Details, EmergencyContact, Overview, ShownIdentifier } from "./model.ts";
import { keptRecord } from "./records.ts";
import { maskIdentifier, standingOf } from "./rules.ts";
import { consentsOf, evidenceByIdentifier } from "./store.ts";

/** Everything a vault holds but the lists that have pages of their own. */
export function overviewOf(database: Transaction, dataKey: Uint8Array, now: Instant): Overview {
  return {
    details: keptRecord<Details>(database, dataKey, "details"),
    contact: keptRecord<EmergencyContact>(database, dataKey, "contact"),
    locale: vaultOf(database)!.locale,
    identifiers: shownIdentifiers(database, dataKey, now),
    consents: consentsOf(database),
    unread: unreadNotices(database),
  };
}

function shownIdentifiers(database: Transaction, dataKey: Uint8Array, now: Instant): ShownIdentifier[] {
  const evidence = evidenceByIdentifier(database);
  return storedIdentifiers(database).map((row) => {
    const { kind, canonical } = openIdentifier(dataKey, row);
    const history = evidence.get(row.position) ?? [];
    return { kind, masked: maskIdentifier(kind, canonical), standing: row.releasedAt === null ? standingOf(history, now) : "released", history };
  });
}
