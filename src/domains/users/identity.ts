import type { Kind } from "../../bst/kinds.ts";
import type { Locale } from "../../i18n/locales.ts";
import type { ShownText } from "../../i18n/texts.ts";
import { fromUtf8, utf8 } from "../../kernel/bytes.ts";
import type { Envelope } from "../../sealing/envelope.ts";
import type { Place } from "../../sealing/sealed.ts";

/** An identity document: what the person wrote, and the one writing it is matched by. */
export interface Document {
  kind: Exclude<Kind, "msisdn">;
  typed: string;
  canonical: string;
}

/** Who a person said they are when they excluded themself; travels in a box only the office can open. */
export interface Identity {
  /** E.164. */
  phone: string;
  document: Document | null;
  /** As they write it; null was not said. */
  name: string | null;
  /** `1990-03-27`; null was not said. */
  dateOfBirth: string | null;
  locale: Locale;
  /** The texts they were shown and agreed to. */
  accepted: readonly ShownText[];
}

/** A box is bound to the command it travels with. */
const place = (commandId: string): Place => ({ table: "deliveries", column: "box", row: commandId });

export const sealIdentity = (envelope: Envelope, commandId: string, identity: Identity): Uint8Array =>
  envelope.seal(utf8(JSON.stringify(identity)), place(commandId));

/** Throws when the box was not sealed for this command. Boxes of a release before say nothing of names, or of texts. */
export const openIdentity = (envelope: Envelope, commandId: string, box: Uint8Array): Identity =>
  ({ accepted: [], name: null, dateOfBirth: null, ...JSON.parse(fromUtf8(envelope.open(box, place(commandId)))) }) as Identity;

/** Names the phone (E.164) that a command releases, to its last holder's vault. */
export const sealReleased = (envelope: Envelope, commandId: string, phone: string): Uint8Array => envelope.seal(utf8(phone), place(commandId));

export const openReleased = (envelope: Envelope, commandId: string, box: Uint8Array): string => fromUtf8(envelope.open(box, place(commandId)));
