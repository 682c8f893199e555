import type { Kind } from "../../../bst/kinds.ts";
import type { Locale } from "../../../i18n/locales.ts";
import type { Random } from "../../../kernel/clock.ts";
import { type Envelope, keyIdOf } from "../../../sealing/envelope.ts";
import { decrypt, encrypt, openValue, type Place, placeBytes, sealValue } from "../../../sealing/sealed.ts";
import type { Relation } from "./model.ts";

/** Somebody as they were named: a document in canonical writing. */
export interface Named {
  /** E.164; null of a court or an operator. */
  phone: string | null;
  name: string | null;
  document: { kind: Exclude<Kind, "msisdn">; number: string } | null;
}

/** A party as its box has it. */
export interface PartyIdentity extends Named {
  dateOfBirth: string | null;
  relation: Relation | null;
  locale: Locale;
  /** Whom a requester means. */
  about: Named | null;
}

/** What of a case is sealed, by where it stands. */
interface Sealed {
  caseParties: PartyIdentity;
  caseStatements: string;
  caseEvidence: string;
}

const keyPlace = (caseId: string): Place => ({ table: "cases", column: "dataKey", row: caseId });
const place = (table: keyof Sealed, row: string): Place => ({ table, column: table === "caseEvidence" ? "name" : "box", row });
const filePlace = (digest: string): Uint8Array => placeBytes({ table: "caseEvidence", column: "file", row: digest });

/** One case's data key at work. */
export class CaseSeal {
  readonly #dataKey: Uint8Array;
  readonly #random: Random;

  private constructor(dataKey: Uint8Array, random: Random) {
    this.#dataKey = dataKey;
    this.#random = random;
  }

  /** A fresh key, and the columns that keep it. */
  static begin(envelope: Envelope, caseId: string, random: Random): { seal: CaseSeal; columns: { dataKey: Uint8Array; keyId: string } } {
    const { dataKey, wrapped } = envelope.newDataKey(keyPlace(caseId));
    return { seal: new CaseSeal(dataKey, random), columns: { dataKey: wrapped, keyId: envelope.current } };
  }

  /** Null once the case was erased. */
  static of(envelope: Envelope, { id, dataKey }: { id: string; dataKey: Uint8Array | null }, random: Random): CaseSeal | null {
    return dataKey && new CaseSeal(envelope.unwrap(dataKey, keyPlace(id)), random);
  }

  close<Table extends keyof Sealed>(table: Table, row: string, value: Sealed[Table]): Uint8Array {
    return sealValue(this.#dataKey, value, place(table, row), this.#random);
  }

  open<Table extends keyof Sealed>(table: Table, row: string, box: Uint8Array): Sealed[Table] {
    return openValue<Sealed[Table]>(this.#dataKey, box, place(table, row));
  }

  closeFile(digest: string, bytes: Uint8Array): Uint8Array {
    return encrypt(this.#dataKey, bytes, filePlace(digest), this.#random);
  }

  openFile(digest: string, sealed: Uint8Array): Uint8Array {
    return decrypt(this.#dataKey, sealed, filePlace(digest));
  }
}

/** A case's data key under the current key-encryption key; null when it is already. */
export function rewrapped(envelope: Envelope, { id, dataKey }: { id: string; dataKey: Uint8Array }): { dataKey: Uint8Array; keyId: string } | null {
  const wrapped = envelope.rewrap(dataKey, keyPlace(id));
  return wrapped && { dataKey: wrapped, keyId: keyIdOf(wrapped)! };
}
