import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { Actor } from "../../../kernel/actor.ts";
import { fromUtf8, lengthPrefixed, toHex, utf8 } from "../../../kernel/bytes.ts";
import type { Instant, Random } from "../../../kernel/clock.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import { createdBy, nameOf } from "../../../office/columns.ts";
import type { OfficeDatabase } from "../../../office/database.ts";
import type { Assignment } from "../../authentication/capabilities.ts";
import { type Envelope, openUnder, sealUnder } from "../envelope.ts";
import { insertAssignment, insertUser, type UserRow } from "./store.ts";

/** Who an account's holder is. */
export interface Profile {
  name: string;
  email: string;
}

type Sealed = Pick<UserRow, "id" | "dataKey" | "sealedProfile">;

const keyPlace = (userId: string): string => `users/dataKey/${userId}`;
const profilePlace = (userId: string): Uint8Array => lengthPrefixed(...["users", "sealedProfile", userId].map(utf8));

/** Makes the rows of accounts: what they hold of a person is sealed, and found again by a pseudonym. */
export class Accounts {
  readonly #parts: { database: OfficeDatabase; envelope: Envelope; lookupKey: Uint8Array; random: Random };

  constructor(parts: { database: OfficeDatabase; envelope: Envelope; lookupKey: Uint8Array; random: Random }) {
    this.#parts = parts;
  }

  newUser(profile: Profile, actor: Actor, now: Instant) {
    const { database, envelope, random } = this.#parts;
    const base = createdBy(actor, now, random);
    const { dataKey, wrapped } = envelope.newDataKey(keyPlace(base.id));
    const sealedProfile = sealUnder(dataKey, utf8(JSON.stringify(profile)), profilePlace(base.id), random);
    const account = { ...base, state: "active" as const, deletedAt: null, deletedBy: null, deletionReason: null };
    const insert = insertUser(database, { ...account, dataKey: wrapped, sealedProfile, emailKey: this.emailKey(profile.email) });
    return { id: base.id, account, insert };
  }

  /** Who an account's holder is; null once erased. Throws when what is sealed was altered or stood elsewhere. */
  profileOf({ id, dataKey, sealedProfile }: Sealed): Profile | null {
    if (!dataKey || !sealedProfile) return null;
    return JSON.parse(fromUtf8(openUnder(this.#parts.envelope.unwrap(dataKey, keyPlace(id)), sealedProfile, profilePlace(id)))) as Profile;
  }

  /** Another profile under the data key that is there. */
  sealAnew({ id, dataKey }: Sealed, profile: Profile): Uint8Array {
    const { envelope, random } = this.#parts;
    return sealUnder(envelope.unwrap(dataKey!, keyPlace(id)), utf8(JSON.stringify(profile)), profilePlace(id), random);
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
