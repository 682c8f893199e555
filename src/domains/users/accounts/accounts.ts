import type { Actor } from "../../../kernel/actor.ts";
import type { Instant, Random } from "../../../kernel/clock.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import { createdBy, nameOf } from "../../../office/columns.ts";
import type { OfficeDatabase } from "../../../office/database.ts";
import type { Envelope } from "../../../sealing/envelope.ts";
import { openValue, type Place, sealValue } from "../../../sealing/sealed.ts";
import type { Assignment } from "../../authentication/capabilities.ts";
import { keyed, phoneKeyOf } from "./keyed.ts";
import { insertAssignment, insertUser, type UserRow } from "./store.ts";

/** Who an account's holder is. */
export interface Profile {
  name: string;
  /** A citizen may have none. */
  email: string | null;
  /** In E.164; null for who never signs in with one. */
  phone: string | null;
  /** ISO 8601; null where nobody asked. */
  dateOfBirth: string | null;
}

/** What a profile says that was sealed before it could say it. */
const UNSAID = { phone: null, dateOfBirth: null };

/** What somebody says of who an account is for; what is left out is not known. */
export type Stated = Pick<Profile, "name" | "email"> & Partial<Profile>;

/** By what an account is found. */
export interface Keys {
  emailKey: string | null;
  phoneKey: string | null;
}

type Sealed = Pick<UserRow, "id" | "dataKey" | "sealedProfile">;

/** Where what is sealed of an account stands. */
export const placeOf = (column: "dataKey" | "sealedProfile", userId: string): Place => ({ table: "users", column, row: userId });

/** Who an account's holder is; null once erased. Throws when what is sealed was altered or stood elsewhere. For the door, and for what masks it. */
export function openProfile(envelope: Envelope, { id, dataKey, sealedProfile }: Sealed): Profile | null {
  if (!dataKey || !sealedProfile) return null;
  return { ...UNSAID, ...openValue<Profile>(envelope.unwrap(dataKey, placeOf("dataKey", id)), sealedProfile, placeOf("sealedProfile", id)) };
}

/** Makes the rows of accounts: what they hold of a person is sealed, and found again by a pseudonym. */
export class Accounts {
  readonly #parts: { database: OfficeDatabase; envelope: Envelope; lookupKey: Uint8Array; random: Random };

  constructor(parts: { database: OfficeDatabase; envelope: Envelope; lookupKey: Uint8Array; random: Random }) {
    this.#parts = parts;
  }

  /** By `keys` the account is found: not by what only somebody else says of its holder, whoever's it is. */
  newUser(stated: Stated, actor: Actor, now: Instant, keys: Keys = this.keysOf(stated), phoneProvenAt: Instant | null = null) {
    const { database, envelope, random } = this.#parts;
    const profile: Profile = { ...UNSAID, ...stated };
    const base = createdBy(actor, now, random);
    const { dataKey, wrapped } = envelope.newDataKey(placeOf("dataKey", base.id));
    const sealedProfile = sealValue(dataKey, profile, placeOf("sealedProfile", base.id), random);
    const account = { ...base, state: "active" as const, lockedAt: null, lockedBy: null, lockReason: null, deletedAt: null, deletedBy: null, deletionReason: null };
    return { id: base.id, account, dataKey, insert: insertUser(database, { ...account, dataKey: wrapped, sealedProfile, ...keys, phoneProvenAt }) };
  }

  profileOf(sealed: Sealed): Profile | null {
    return openProfile(this.#parts.envelope, sealed);
  }

  /** Another profile under the data key that is there. */
  sealAnew({ id, dataKey }: Sealed, profile: Profile): Uint8Array {
    const { envelope, random } = this.#parts;
    return sealValue(envelope.unwrap(dataKey!, placeOf("dataKey", id)), profile, placeOf("sealedProfile", id), random);
  }

  /** The key that what belongs to an account is sealed under; null once erased. */
  dataKeyOf({ id, dataKey }: Pick<UserRow, "id" | "dataKey">): Uint8Array | null {
    return dataKey && this.#parts.envelope.unwrap(dataKey, placeOf("dataKey", id));
  }

  newAssignment(userId: string, { role, operator }: Assignment, actor: Actor, now: Instant) {
    const { database, random } = this.#parts;
    const id = uuidv7(now, random);
    return { id, insert: insertAssignment(database, { id, userId, role, operator: operator ?? "", createdAt: now, createdBy: nameOf(actor) }) };
  }

  keysOf({ email, phone = null }: Stated): Keys {
    return { emailKey: email === null ? null : this.emailKey(email), phoneKey: phone === null ? null : this.phoneKey(phone) };
  }

  /** HMAC-SHA-256 of the address in lower case, NFC, under a key and a label of its own. */
  emailKey(email: string): string {
    return this.#keyed("email", email.normalize("NFC").toLowerCase());
  }

  /** The same of a number in E.164. */
  phoneKey(phone: string): string {
    return phoneKeyOf(this.#parts.lookupKey, phone);
  }

  /** A request's, that whoever reads it cannot guess who it was about. */
  fingerprint({ name, email, phone, dateOfBirth }: Stated): string {
    return this.#keyed("profile", name, email ?? "", phone ?? "", dateOfBirth ?? "");
  }

  #keyed(...parts: string[]): string {
    return keyed(this.#parts.lookupKey, ...parts);
  }
}
