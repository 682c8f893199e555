import type { IdentityClaim } from "../../../adapters/identity-registry/port.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { fromUtf8, utf8 } from "../../../kernel/bytes.ts";
import { type Envelope, keyIdOf } from "../../../sealing/envelope.ts";
import type { Place } from "../../../sealing/sealed.ts";

/** Who claims a phone. */
export interface Claimant extends IdentityClaim {
  /** E.164. */
  phone: string;
  locale: Locale;
}

const place = (id: string): Place => ({ table: "phoneClaims", column: "box", row: id });

export const sealClaimant = (envelope: Envelope, id: string, claimant: Claimant): Uint8Array => envelope.seal(utf8(JSON.stringify(claimant)), place(id));

export const openClaimant = (envelope: Envelope, id: string, box: Uint8Array): Claimant => JSON.parse(fromUtf8(envelope.open(box, place(id)))) as Claimant;

/** The box under the current key-encryption key; null when it is already. */
export const resealed = (envelope: Envelope, id: string, box: Uint8Array): Uint8Array | null =>
  keyIdOf(box) === envelope.current ? null : sealClaimant(envelope, id, openClaimant(envelope, id, box));
