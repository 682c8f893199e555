import { EncryptJWT, errors, jwtDecrypt } from "jose";
import type { Lineage } from "../../bst/lineage.ts";
import { fromBase64Url, toBase64Url } from "../../kernel/bytes.ts";
import { type Clock, type Instant, MINUTE, type Random, SECOND } from "../../kernel/clock.ts";

/** What somebody who proved a phone may see for a while: what concerns this phone. */
export interface Grant {
  phone: Lineage;
  /** The number with most digits masked, to be shown. */
  maskedPhone: string;
  /** Whose it was when it was proven; null when it was nobody's. */
  personId: string | null;
  /** The number itself, so that its holder can be excluded by it; a grant of the release before has none. */
  number?: string | undefined;
}

/** A grant at work. */
export interface Visit {
  /** Its own, so that one can be ended without the others. */
  id: string;
  /** When the code came back, or a factor of an account's was shown; rounded down to the second. */
  provenAt: Instant;
  endsAt: Instant;
}

const AUDIENCE = "citizen";
const LIFE = 15 * MINUTE;
const ID_BYTES = 16;
const HEADER = { alg: "dir", enc: "A256GCM" } as const;

interface Claims {
  p: string;
  /** Whether a code to the phone proved it; if not, a factor of an account's did. */
  code: boolean;
  phone: string;
  number?: string | undefined;
  person: string | null;
  jti: string;
  iat: number;
  exp: number;
}

/** Grants as encrypted JWTs (RFC 7516, RFC 7519): the portal and the browser carry them and can read nothing in them. */
export class Grants {
  private readonly key: Uint8Array;
  private readonly clock: Clock;
  private readonly random: Random;

  /** `key`: 32 bytes. */
  constructor(key: Uint8Array, clock: Clock, random: Random) {
    this.key = key;
    this.clock = clock;
    this.random = random;
  }

  /** `provenAt`: when somebody who is signed in last showed a factor; left out, a code to the phone came back just now. */
  issue({ phone, maskedPhone, personId, number }: Grant, provenAt?: Instant): Promise<string> {
    const now = this.clock();
    return new EncryptJWT({ p: toBase64Url(phone), code: provenAt === undefined, phone: maskedPhone, number, person: personId })
      .setProtectedHeader(HEADER)
      .setAudience(AUDIENCE)
      .setJti(toBase64Url(this.random(ID_BYTES)))
      .setIssuedAt(new Date(provenAt ?? now))
      .setExpirationTime(new Date(now + LIFE))
      .encrypt(this.key);
  }

  /** Null for a text that is no grant of ours, was altered, or is over. */
  async read(text: string): Promise<(Grant & { visit: Visit; byCode: boolean }) | null> {
    try {
      const { payload } = await jwtDecrypt<Claims>(text, this.key, {
        audience: AUDIENCE,
        currentDate: new Date(this.clock()),
        keyManagementAlgorithms: [HEADER.alg],
        contentEncryptionAlgorithms: [HEADER.enc],
        requiredClaims: ["jti", "iat", "exp"],
      });
      const visit = { id: payload.jti, provenAt: payload.iat * SECOND, endsAt: payload.exp * SECOND };
      const { p, phone: maskedPhone, person: personId, number } = payload;
      return { phone: fromBase64Url(p), maskedPhone, personId, number, visit, byCode: payload.code === true };
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }
}
