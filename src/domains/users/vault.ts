import type { Kind } from "../../bst/kinds.ts";
import { fromUtf8, lengthPrefixed, utf8 } from "../../kernel/bytes.ts";
import type { Instant, Random } from "../../kernel/clock.ts";
import type { ObjectDatabase, Transaction } from "../../objects/database.ts";
import type { Delivery } from "../exclusions/outbox.ts";
import { enqueue, type Recipient, release } from "../notifications/index.ts";
import { type Envelope, openUnder, sealUnder } from "./envelope.ts";
import { type Identity, openIdentity } from "./identity.ts";
import {
  insertIdentifier, insertVault, markAccepted, setLocale, type StoredIdentifier, storedIdentifiers, type StoredVault, vaultOf,
} from "./store.ts";

/** An identifier as the person wrote it, and in the writing it is matched by. */
interface Identifier {
  kind: Kind;
  typed: string;
  canonical: string;
}

/** Where a vault's wrapped data key stands. */
export const keyPlace = (personId: string): string => `vault/${personId}/data-key`;

/** Sealed bytes open only in this person's vault, table, column and for this kind. */
const valuePlace = (personId: string, kind: Kind): Uint8Array =>
  lengthPrefixed(...[personId, "identifiers", "sealed", kind].map(utf8));

/**
 * Takes a delivery into the vault, once. Throws when a box cannot be opened; nothing is taken then, and Register keeps
 * the delivery.
 */
export function accept(database: ObjectDatabase, envelope: Envelope, delivery: Delivery, now: Instant, random: Random): void {
  database.transaction((transaction) => {
    if (!markAccepted(transaction, delivery.id, now)) return;
    if (delivery.topic === "notice") return enqueue(transaction, delivery, vaultOf(transaction) !== null, now);
    const identity = openIdentity(envelope, delivery.commandId, delivery.box);
    takeIdentity(transaction, envelope, delivery, identity, random);
    release(transaction, now);
  });
}

/** Adds what is new of an identity; what is known stays, and the language is that of the latest command. */
function takeIdentity(
  transaction: Transaction, envelope: Envelope, { personId, createdAt }: Delivery, identity: Identity, random: Random,
): void {
  const vault = vaultOf(transaction) ?? openVault(transaction, envelope, personId, identity, createdAt);
  const dataKey = envelope.unwrap(vault.dataKey, keyPlace(personId));
  setLocale(transaction, identity.locale, createdAt);
  const known = storedIdentifiers(transaction).map((row) => openIdentifier(dataKey, personId, row));
  for (const identifier of identifiersOf(identity)) {
    if (known.some(({ kind, canonical }) => kind === identifier.kind && canonical === identifier.canonical)) continue;
    const { kind, ...written } = identifier;
    const sealed = sealUnder(dataKey, utf8(JSON.stringify(written)), valuePlace(personId, kind), random);
    insertIdentifier(transaction, { kind, sealed, addedAt: createdAt });
  }
}

const openVault = (
  transaction: Transaction, envelope: Envelope, personId: string, { locale }: Identity, localeAt: Instant,
): StoredVault =>
  insertVault(transaction, { personId, dataKey: envelope.newDataKey(keyPlace(personId)).wrapped, locale, localeAt });

const identifiersOf = ({ phone, document }: Identity): Identifier[] => [
  { kind: "msisdn", typed: phone, canonical: phone },
  ...(document ? [document] : []),
];

/** Throws unless it was sealed for this vault. */
export function openIdentifier(dataKey: Uint8Array, personId: string, { kind, sealed }: StoredIdentifier): Identifier {
  return { kind, ...JSON.parse(fromUtf8(openUnder(dataKey, sealed, valuePlace(personId, kind)))) };
}

/** Where the person's notices go: the phone they proved last, in the language they chose last. Null before any identity. */
export function recipientOf(database: Transaction, envelope: Envelope): Recipient | null {
  const vault = vaultOf(database);
  const phone = storedIdentifiers(database).findLast(({ kind }) => kind === "msisdn");
  if (!vault || !phone) return null;
  const dataKey = envelope.unwrap(vault.dataKey, keyPlace(vault.personId));
  return { phone: openIdentifier(dataKey, vault.personId, phone).canonical, locale: vault.locale };
}
