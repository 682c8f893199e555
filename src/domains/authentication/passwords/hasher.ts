import Argon2, { Argon2Type } from "@phi-ag/argon2";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { toHex, utf8 } from "../../../kernel/bytes.ts";
import type { Random } from "../../../kernel/clock.ts";

/** OWASP's least for Argon2id (RFC 9106): 19 MiB, 2 passes, 1 lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1, type: Argon2Type.Argon2id, hashLength: 32 };
const SALT_BYTES = 16;

/** As every hash of this cost begins. */
const WRITTEN_COST = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$`;

/** No password is known to have it. */
const DECOY = `${WRITTEN_COST}${"A".repeat(22)}$${"A".repeat(43)}`;

/** Turns passwords into hashes that take a while to try, and tries them. Some 30 ms of processor each, and the isolate waits. */
export class Hasher {
  readonly #argon2: Argon2;
  readonly #pepper: Uint8Array;
  readonly #random: Random;

  /** `pepper`: 32 bytes that are in no database. */
  constructor(instance: WebAssembly.Instance, pepper: Uint8Array, random: Random) {
    this.#argon2 = new Argon2(instance);
    this.#pepper = pepper;
    this.#random = random;
  }

  /** In PHC's writing. */
  hash(password: string): string {
    return this.#argon2.hash(this.#peppered(password), { ...COST, salt: this.#random(SALT_BYTES) }).encoded;
  }

  /** With null, of an account that has no password or that nobody has, it takes as long and fails. */
  matches(encoded: string | null, password: string): boolean {
    const { success } = this.#argon2.tryVerify(encoded ?? DECOY, this.#peppered(password), Argon2Type.Argon2id);
    return success && encoded !== null;
  }

  /** Whether it was made at another cost than hashes are made at now. */
  isOutdated(encoded: string): boolean {
    return !encoded.startsWith(WRITTEN_COST);
  }

  /** Keyed, and of one length however long the password is. In NFC, or the same password typed on another keyboard would be another (RFC 8265). */
  #peppered(password: string): string {
    return toHex(hmac(sha256, this.#pepper, utf8(password.normalize("NFC"))));
  }
}
