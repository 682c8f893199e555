import type { IdentityClaim } from "../../adapters/identity-registry/port.ts";
import type { Kind } from "../../bst/kinds.ts";
import type { Instant, Random } from "../../kernel/clock.ts";
import type { ObjectDatabase, Transaction } from "../../objects/database.ts";
import { setDue } from "../../objects/due.ts";
import type { Envelope } from "../../sealing/envelope.ts";
import { openValue, type Place, sealValue } from "../../sealing/sealed.ts";
import type { Delivery, Statement } from "../exclusions/outbox.ts";
import { enqueue, type Recipient, release } from "../notifications/index.ts";
import { isSamePerson } from "./claims/rules.ts";
import { type Identity, openIdentity, openReleased } from "./identity.ts";
import {
  insertIdentifier, insertVault, markAccepted, setLocale, setReleased, shreddedSince, type StoredIdentifier, storedIdentifiers, vaultOf,
} from "./store.ts";
import { type Details, NO_DETAILS } from "./vault/model.ts";
import { changeRecord, keptRecord } from "./vault/records.ts";
import { nightEnds } from "./vault/rules.ts";
import { evidenceByIdentifier, insertConsent, insertEvidence } from "./vault/store.ts";
import { VERIFY_TASK } from "./verifications/rules.ts";
import { newVaultKey, vaultKey, vaultKeyToWrite } from "./vault-key.ts";

type IdentityDelivery = Extract<Delivery, { topic: "identity" }>;

/** An identifier as the person wrote it, and in the writing it is matched by. */
export interface Identifier {
  kind: Kind;
  typed: string;
  canonical: string;
}

const valuePlace = (position: number): Place => ({ table: "identifiers", column: "sealed", row: String(position) });

/**
 * Takes a delivery into the vault, once. Throws when a box cannot be opened; nothing is taken then, and Register keeps
 * the delivery.
 */
export function accept(database: ObjectDatabase, envelope: Envelope, delivery: Delivery, now: Instant, random: Random): void {
  database.transaction((transaction) => {
    if (!markAccepted(transaction, delivery.id, now)) return;
    if (delivery.topic === "notice") return enqueue(transaction, delivery, vaultOf(transaction) !== null, now);
    if (shreddedSince(transaction, delivery.createdAt)) return;
    if (delivery.topic === "release") return giveUpPhone(transaction, envelope, delivery, now);
    const identity = openIdentity(envelope, delivery.commandId, delivery.box);
    takeIdentity(transaction, envelope, delivery, identity, random);
    for (const text of identity.accepted) insertConsent(transaction, { ...text, locale: identity.locale, at: delivery.createdAt });
    release(transaction, now);
    setDue(transaction, VERIFY_TASK, now);
  });
}

type ReleaseDelivery = Extract<Delivery, { topic: "release" }>;

/** Nothing is sent to the phone from now on; that it went is told to the phone that is left, if there is one. */
function giveUpPhone(transaction: Transaction, envelope: Envelope, { commandId, box, ...delivery }: ReleaseDelivery, now: Instant): void {
  const dataKey = vaultKey(transaction, envelope);
  const phone = openReleased(envelope, commandId, box);
  const row = dataKey && storedIdentifiers(transaction).find((stored) => stored.kind === "msisdn" && openIdentifier(dataKey, stored).canonical === phone);
  if (!row) return;
  setReleased(transaction, row.position, delivery.createdAt);
  enqueue(transaction, { ...delivery, topic: "notice", notice: { template: "phone-released", kind: "msisdn" } }, true, now);
}

/**
 * Adds what is new of an identity, and that all of it was stated; what is known stays, and the language is the latest. What others said of
 * the person to officers changes neither their language nor their details.
 */
function takeIdentity(
  transaction: Transaction, envelope: Envelope, { personId, createdAt, statements = [] }: IdentityDelivery, identity: Identity, random: Random,
): void {
  const dataKey = vaultKeyToWrite(transaction, envelope) ?? openVault(transaction, envelope, personId, identity, createdAt);
  if (!isByOthers(statements)) {
    setLocale(transaction, identity.locale, createdAt);
    takeDetails(transaction, dataKey, identity, createdAt, random);
  }
  for (const identifier of identifiersOf(identity)) {
    const position = keepIdentifier(transaction, dataKey, identifier, createdAt, random);
    const statement = statements.find(({ kind }) => kind === identifier.kind);
    if (statement) insertEvidence(transaction, position, { evidence: statement.evidence, provisionalUntil: statement.provisionalUntil, at: createdAt });
  }
}

/** Whether officers were shown this, and the person stated none of it. */
const isByOthers = (stated: readonly Pick<Statement, "evidence">[]): boolean =>
  stated.length > 0 && stated.every(({ evidence }) => evidence === "officer");

/** What the person said of themself last stands, and what they did not say now stays. */
function takeDetails(transaction: Transaction, dataKey: Uint8Array, { name, dateOfBirth }: Identity, at: Instant, random: Random): void {
  const { version, value, changedAt } = keptRecord<Details>(transaction, dataKey, "details");
  if ((name === null && dateOfBirth === null) || (changedAt !== null && changedAt > at)) return;
  const said = { ...(value ?? NO_DETAILS), ...(name !== null && { name }), ...(dateOfBirth !== null && { dateOfBirth }) };
  changeRecord(transaction, dataKey, "details", { version, value: said }, at, random);
}

/** Adds an identifier that is not known yet; answers its position. */
export function keepIdentifier(transaction: Transaction, dataKey: Uint8Array, identifier: Identifier, addedAt: Instant, random: Random): number {
  const { kind, canonical } = identifier;
  const rows = storedIdentifiers(transaction);
  const known = rows.find((row) => row.kind === kind && openIdentifier(dataKey, row).canonical === canonical);
  if (known) return known.position;
  const position = (rows.at(-1)?.position ?? 0) + 1;
  insertIdentifier(transaction, { position, kind, sealed: sealValue(dataKey, identifier, valuePlace(position), random), addedAt });
  return position;
}

function openVault(
  transaction: Transaction, envelope: Envelope, personId: string, { locale }: Identity, localeAt: Instant,
): Uint8Array {
  const { dataKey, wrapped } = newVaultKey(envelope, personId);
  insertVault(transaction, { personId, dataKey: wrapped, locale, localeAt });
  return dataKey;
}

const identifiersOf = ({ phone, document }: Identity): Identifier[] => [
  { kind: "msisdn", typed: phone, canonical: phone },
  ...(document ? [document] : []),
];

export const openIdentifier = (dataKey: Uint8Array, { position, sealed }: StoredIdentifier): Identifier =>
  openValue(dataKey, sealed, valuePlace(position));

/**
 * Where the person's notices go: the phone they proved last, and one that only others named while there is no other; in the language they
 * chose last. Null before any identity.
 */
export function recipientOf(database: Transaction, envelope: Envelope): Recipient | null {
  const vault = vaultOf(database);
  const phones = storedIdentifiers(database).filter(({ kind, releasedAt }) => kind === "msisdn" && releasedAt === null);
  const evidence = evidenceByIdentifier(database);
  const phone = phones.findLast(({ position }) => !isByOthers(evidence.get(position) ?? [])) ?? phones.at(-1);
  const dataKey = phone && vaultKey(database, envelope);
  return vault && phone && dataKey ? { phone: openIdentifier(dataKey, phone).canonical, locale: vault.locale } : null;
}

/** Every identifier in clear, in the order they were added; null when there are none, or they were shredded. */
export function openIdentifiers(database: Transaction, envelope: Envelope): (Identifier & { addedAt: Instant })[] | null {
  const dataKey = vaultKey(database, envelope);
  return dataKey && storedIdentifiers(database).map((row) => ({ ...openIdentifier(dataKey, row), addedAt: row.addedAt }));
}

/** The phones the person proved, in E.164; none that only others named, or that is somebody else's by now. */
export function provenPhones(database: Transaction, envelope: Envelope): string[] {
  const dataKey = vaultKey(database, envelope);
  const evidence = evidenceByIdentifier(database);
  const phones = storedIdentifiers(database).filter(({ kind, releasedAt, position }) => kind === "msisdn" && releasedAt === null && !isByOthers(evidence.get(position) ?? []));
  return dataKey ? phones.map((row) => openIdentifier(dataKey, row).canonical) : [];
}

/** When messages may be sent again to somebody who wants none at night; null is now. */
export function quietUntil(database: Transaction, envelope: Envelope, now: Instant): Instant | null {
  const morning = nightEnds(now);
  const dataKey = morning === null ? null : vaultKey(database, envelope);
  return dataKey && keptRecord<Details>(database, dataKey, "details").value?.quietNights ? morning : null;
}

/** Whether somebody who says who they are seems to be this vault's person. */
export function isPerson(database: Transaction, envelope: Envelope, claim: IdentityClaim): boolean {
  const dataKey = vaultKey(database, envelope);
  if (!dataKey) return false;
  const details = keptRecord<Details>(database, dataKey, "details").value ?? NO_DETAILS;
  const documents = storedIdentifiers(database).map((row) => openIdentifier(dataKey, row)).map(({ kind, canonical }) => ({ kind, value: canonical }));
  return isSamePerson({ ...details, documents }, claim);
}
