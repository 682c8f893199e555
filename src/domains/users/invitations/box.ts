import { fromUtf8, utf8 } from "../../../kernel/bytes.ts";
import { type Envelope, keyIdOf } from "../../../sealing/envelope.ts";
import type { Place } from "../../../sealing/sealed.ts";
import type { Contact } from "./model.ts";

/** A contact as a row keeps it: under a data key of its own, and by which key-encryption key that is wrapped. */
export interface SealedContact {
  contact: Uint8Array;
  keyId: string;
}

/** Where a contact may stand. */
export type ContactTable = "operatorApplications" | "operatorInvitations";

const place = (table: ContactTable, row: string): Place => ({ table, column: "contact", row });

export const sealContact = (envelope: Envelope, table: ContactTable, row: string, contact: Contact): SealedContact =>
  ({ contact: envelope.seal(utf8(JSON.stringify(contact)), place(table, row)), keyId: envelope.current });

/** Throws unless it was sealed for this row and is whole. */
export const openContact = (envelope: Envelope, table: ContactTable, row: string, sealed: Uint8Array): Contact =>
  JSON.parse(fromUtf8(envelope.open(sealed, place(table, row)))) as Contact;

/** The same under the current key-encryption key; null when it is already. */
export const contactAnew = (envelope: Envelope, table: ContactTable, row: string, sealed: Uint8Array): SealedContact | null =>
  keyIdOf(sealed) === envelope.current ? null : sealContact(envelope, table, row, openContact(envelope, table, row, sealed));
