import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { Actor } from "../../../kernel/actor.ts";
import { lengthPrefixed, toHex, utf8 } from "../../../kernel/bytes.ts";
import type { Instant, Random } from "../../../kernel/clock.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import { createdBy, nameOf } from "../../../office/columns.ts";
import type { OfficeDatabase } from "../../../office/database.ts";
import type { Envelope } from "../../../sealing/envelope.ts";
import { openValue, type Place, sealValue } from "../../../sealing/sealed.ts";
import type { Assignment } from "../../authentication/capabilities.ts";
import { insertAssignment, insertUser, type UserRow } from "./store.ts";

/** Who an account's holder is. */
export interface Profile {
  name: string;
  email: string;
}

type Sealed = Pick<UserRow, "id" | "dataKey" | "sealedProfile">;

/** Where what is sealed of an account stands. */
export const placeOf = (column: "dataKey" | "sealedProfile", userId: string): Place => ({ table: "users", column, row: userId });

/** Who an account's holder is; null once erased. Throws when what is sealed was altered or stood elsewhere. For the door, and for what masks it. */
export function openProfile(envelope: Envelope, { id, dataKey, sealedProfile }: Sealed): Profile | null {
  if (!dataKey || !sealedProfile) return null;
  return openValue<Profile>(envelope.unwrap(dataKey, placeOf("dataKey", id)), sealedProfile, placeOf("sealedProfile", id));
}

/** Makes the rows of accounts: what they hold of a person is sealed, and found again by a pseudonym. */
export class Accounts {
  readonly #parts: { database: OfficeDatabase; envelope: Envelope; lookupKey: Uint8Array; random: Random };

  constructor(parts: { database: OfficeDatabase; envelope: Envelope; lookupKey: Uint8Array; random: Random }) {
    this.#parts = parts;
  }

  /** `emailKey` null: the address is only said by somebody else, so the account is not found by it, whoever's it is. */
  newUser(profile: Profile, actor: Actor, now: Instant, emailKey: string | null = this.emailKey(profile.email)) {
    const { database, envelope, random } = this.#parts;
    const base = createdBy(actor, now, random);
    const { dataKey, wrapped } = envelope.newDataKey(placeOf("dataKey", base.id));
    const sealedProfile = sealValue(dataKey, profile, placeOf("sealedProfile", base.id), random);
    const account = { ...base, state: "active" as const, deletedAt: null, deletedBy: null, deletionReason: null };
    return { id: base.id, account, insert: insertUser(database, { ...account, dataKey: wrapped, sealedProfile, emailKey }) };
  }

  profileOf(sealed: Sealed): Profile | null {
    return openProfile(this.#parts.envelope, sealed);
  }

  /** Another profile under the data key that is there. */
  sealAnew({ id, dataKey }: Sealed, profile: Profile): Uint8Array {
    const { envelope, random } = this.#parts;
    return sealValue(envelope.unwrap(dataKey!, placeOf("dataKey", id)), profile, placeOf("sealedProfile", id), random);
  }

  newAssignment(userId: string, { role, operator }: Assignment, actor: Actor, now: Instant) {
    const { database, random } = this.#parts;
    const id = uuidv7(now, random);
    return { id, insert: insertAssignment(database, { id, userId, role, operator: operator ?? "", createdAt: now, createdBy: nameOf(actor) }) };
  }

  /** HMAC-SHA-256 of the address in lower case, NFC, under a key and a label of its own. */
  emailKey(email: string): string {
    return this.#keyed("email", email.normalize("NFC").toLowerCase());
  }

  /** A request's, that whoever reads it cannot guess who it was about. */
  fingerprint({ name, email }: Profile): string {
    return this.#keyed("profile", name, email);
  }

  #keyed(...parts: string[]): string {
    return toHex(hmac(sha256, this.#parts.lookupKey, lengthPrefixed(...parts.map(utf8))));
  }
}
