import type { Kind } from "../../../bst/kinds.ts";
import { fromUtf8 } from "../../../kernel/bytes.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { Transaction } from "../../../objects/database.ts";
import { type Envelope, openUnder } from "../envelope.ts";
import { vaultOf } from "../store.ts";
import { keyPlace, openIdentifier } from "../vault.ts";
import type { Entry, HoldingName } from "./model.ts";
import { rowsOf } from "./store.ts";
import { statementPlace } from "./statements.ts";

const iso = (at: Instant | null): string | null => (at === null ? null : new Date(at).toISOString());

interface Opened {
  personId: string;
  dataKey: Uint8Array;
}

type Section<Name extends HoldingName> = (database: Transaction, opened: Opened | null) => (row: ReturnType<typeof rowsOf<Name>>[number]) => Entry;

/** What each table says of the person, in words of the export; a table without one does not compile. */
const SECTIONS: { [Name in HoldingName]: Section<Name> } = {
  vault: () => ({ personId, locale, localeAt }) => ({ personId, language: locale, languageChosenAt: iso(localeAt) }),
  identifiers: (_, opened) => (row) => {
    const { kind, typed, canonical } = openIdentifier(opened!.dataKey, opened!.personId, row) as { kind: Kind; typed: string; canonical: string };
    return { kind, asWritten: typed, asMatched: canonical, addedAt: iso(row.addedAt) };
  },
  accepted: () => ({ id, at }) => ({ deliveryId: id, acceptedAt: iso(at) }),
  checks: () => ({ answerId, operator, purpose, hour }) => ({ answerId, operator, purpose, hourBeginning: iso(hour) }),
  notices: () => ({ id, notice, state, attempts, createdAt }) =>
    ({ id, template: notice.template, reference: notice.reference, state, attempts, createdAt: iso(createdAt) }),
  messages: () => ({ id, topic, payload, at }) => ({ id, topic, said: payload, at: iso(at) }),
  statements: (_, opened) => ({ reference, sealed, at }) =>
    ({ request: reference, said: fromUtf8(openUnder(opened!.dataKey, sealed, statementPlace(opened!.personId, reference))), at: iso(at) }),
};

/** All that the vault holds of the person, a section a table: what is sealed is opened. Throws when it cannot be; half an answer is none. */
export function exportVault(database: Transaction, envelope: Envelope): Record<HoldingName, Entry[]> {
  const vault = vaultOf(database);
  const opened = vault && { personId: vault.personId, dataKey: envelope.unwrap(vault.dataKey, keyPlace(vault.personId)) };
  const section = <Name extends HoldingName>(name: Name) => [name, rowsOf(database, name).map(SECTIONS[name](database, opened))] as const;
  return Object.fromEntries((Object.keys(SECTIONS) as HoldingName[]).map(section)) as Record<HoldingName, Entry[]>;
}
