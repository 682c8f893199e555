import type { Instant } from "../../../kernel/clock.ts";
import type { Transaction } from "../../../objects/database.ts";
import type { Envelope } from "../../../sealing/envelope.ts";
import { fieldsOf } from "../activity/store.ts";
import type { Notice } from "../../exclusions/outbox.ts";
import { openIdentifier } from "../vault.ts";
import { openSaid } from "../verifications/said.ts";
import { openRecord } from "../vault/records.ts";
import { vaultKey } from "../vault-key.ts";
import type { Entry, HoldingName } from "./model.ts";
import { openStatement } from "./statements.ts";
import { rowsOf } from "./store.ts";

const iso = (at: Instant | null): string | null => (at === null ? null : new Date(at).toISOString());

type Row<Name extends HoldingName> = ReturnType<typeof rowsOf<Name>>[number];

/** Where nothing was sealed there is no data key, and no row that needs one. */
type Section<Name extends HoldingName> = (row: Row<Name>, dataKey: Uint8Array) => Entry;

const aboutNotice = (notice: Notice): Entry =>
  "reference" in notice ? { template: notice.template, reference: notice.reference } : { template: notice.template, kind: notice.kind };

/** What each table says of the person, in words of the export; a table without one does not compile. */
const SECTIONS: { [Name in HoldingName]: Section<Name> } = {
  vault: ({ personId, locale, localeAt }) => ({ personId, language: locale, languageChosenAt: iso(localeAt) }),
  shreds: ({ at }) => ({ shreddedAt: iso(at) }),
  identifiers: (row, dataKey) => {
    const { kind, typed, canonical } = openIdentifier(dataKey, row);
    return { number: row.position, kind, asWritten: typed, asMatched: canonical, addedAt: iso(row.addedAt), releasedAt: iso(row.releasedAt) };
  },
  identifierEvidence: ({ identifier, evidence, at, provisionalUntil }) => ({ identifier, evidence, at: iso(at), provisionalUntil: iso(provisionalUntil) }),
  verifications: (row, dataKey) =>
    ({ identifier: row.identifier, verdict: row.verdict, ...openSaid(dataKey, row), at: iso(row.at), settledAt: iso(row.settledAt) }),
  records: (row, dataKey) => ({ record: row.record, version: row.version, said: openRecord<Entry>(dataKey, row), at: iso(row.at) }),
  consents: ({ text, version, locale, at }) => ({ text, version, language: locale, at: iso(at) }),
  accepted: ({ id, at }) => ({ deliveryId: id, acceptedAt: iso(at) }),
  checks: ({ answerId, operator, purpose, hour }) => ({ answerId, operator, purpose, hourBeginning: iso(hour) }),
  identityReads: ({ id, at, role, reason, what }) => ({ readId: id, read: what, role, reason, at: iso(at) }),
  endedVisits: ({ id, over }) => ({ visit: id, over: iso(over) }),
  notices: ({ id, notice, state, attempts, createdAt, readAt }) =>
    ({ id, ...aboutNotice(notice), state, attempts, createdAt: iso(createdAt), readAt: iso(readAt) }),
  messages: ({ id, topic, payload, at }) => ({ id, topic, said: payload, at: iso(at) }),
  statements: (row, dataKey) => ({ request: row.reference, said: openStatement(dataKey, row), at: iso(row.at) }),
  audit: ({ position, id, action, resource, channel, at, payload, actor }) =>
    ({
    number: position, id, action, concerning: resource, fields: fieldsOf(payload), channel, at: iso(at),
    by: actor!.kind, byId: actor!.id, origin: actor!.origin && { ...actor!.origin, requestId: actor!.origin.requestId ?? null },
  }),
};

/** All that the vault holds of the person, a section a table: what is sealed is opened. Throws when it cannot be; half an answer is none. */
export function exportVault(database: Transaction, envelope: Envelope): Record<HoldingName, Entry[]> {
  const dataKey = vaultKey(database, envelope)!;
  const section = <Name extends HoldingName>(name: Name) => [name, rowsOf(database, name).map((row) => SECTIONS[name](row, dataKey))] as const;
  return Object.fromEntries((Object.keys(SECTIONS) as HoldingName[]).map(section)) as Record<HoldingName, Entry[]>;
}
