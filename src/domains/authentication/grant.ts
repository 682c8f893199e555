import { EncryptJWT, errors, jwtDecrypt } from "jose";
import type { Pseudonym } from "../../bst/kinds.ts";
import { fromBase64Url, toBase64Url } from "../../kernel/bytes.ts";
import { type Clock, type Instant, MINUTE, SECOND } from "../../kernel/clock.ts";

/** What somebody who proved a phone may see for a while: what concerns this phone. */
export interface Grant {
  phone: Pseudonym;
  /** The number with most digits masked, to be shown. */
  maskedPhone: string;
}

/** A grant as it is read. */
export interface HeldGrant extends Grant {
  /** When the code was proven. */
  provenAt: Instant;
}

const AUDIENCE = "citizen";
const LIFE = 15 * MINUTE;
const HEADER = { alg: "dir", enc: "A256GCM" } as const;

/** Grants as encrypted JWTs (RFC 7516, RFC 7519): the portal and the browser carry them and can read nothing in them. */
export class Grants {
  private readonly key: Uint8Array;
  private readonly clock: Clock;

  /** `key`: 32 bytes. */
  constructor(key: Uint8Array, clock: Clock) {
    this.key = key;
    this.clock = clock;
  }

  issue({ phone, maskedPhone }: Grant): Promise<string> {
    const now = this.clock();
    return new EncryptJWT({ p: toBase64Url(phone), phone: maskedPhone })
      .setProtectedHeader(HEADER)
      .setAudience(AUDIENCE)
      .setIssuedAt(new Date(now))
      .setExpirationTime(new Date(now + LIFE))
      .encrypt(this.key);
  }

  /** Null for a text that is no grant of ours, was altered, or is over. */
  async read(text: string): Promise<HeldGrant | null> {
    try {
      const { payload } = await jwtDecrypt<{ p: string; phone: string }>(text, this.key, {
        audience: AUDIENCE,
        currentDate: new Date(this.clock()),
        keyManagementAlgorithms: [HEADER.alg],
        contentEncryptionAlgorithms: [HEADER.enc],
      });
      return { phone: fromBase64Url(payload.p), maskedPhone: payload.phone, provenAt: payload.iat! * SECOND };
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }
}
