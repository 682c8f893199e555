import { ed25519 } from "@noble/curves/ed25519.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { errors, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import type { NumberedKeys } from "../../../bst/key-config.ts";
import { type AnswerJwk, answerJwk } from "../../../check/signature.ts";
import { equalBytes, fromBase64Url, lengthPrefixed, toBase64Url, utf8 } from "../../../kernel/bytes.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { importPublicKey, importSigningKey } from "../../../kernel/ed25519.ts";
import { isUuid } from "../../../kernel/ids.ts";
import { ACCESS_LIFE } from "./rules.ts";

const HEADER = { alg: "EdDSA", typ: "at+jwt" } as const;
const MOST_TEXT = 2_048;
const REFRESH = /^([0-9a-f-]{36})\.([1-9]\d{0,8})\.([A-Za-z0-9_-]{43})$/;

/** What an access token says (RFC 9068 §2.2); `sid` is the family it is of, which a program's own has none of. */
const Claims = z.object({
  sub: z.string(), client_id: z.string(), scope: z.string(), jti: z.string(), sid: z.string().optional(), iat: z.int(), exp: z.int(),
});
export type Claims = z.infer<typeof Claims>;

/** What is to be said by one that is issued. */
export type Said = Omit<Claims, "iat" | "exp"> & { issuedAt: Instant };

interface Key {
  seed: Uint8Array;
  jwk: AnswerJwk;
  /** What refresh tokens are derived with. */
  derive: Uint8Array;
}

const keyOf = (seed: Uint8Array): Key =>
  ({ seed, jwk: answerJwk(ed25519.getPublicKey(seed)), derive: hkdf(sha256, seed, undefined, utf8("nser oauth refresh tokens"), 32) });

/** Whether each part is base64url in its one spelling: a token has one text, and no other passes for it. */
function isCanonical(text: string): boolean {
  try {
    return text.split(".").every((part) => toBase64Url(fromBase64Url(part)) === part);
  } catch {
    return false;
  }
}

/** Makes and reads tokens for third parties. Access tokens are JWTs (RFC 9068) signed with Ed25519, by this issuer for its own API. */
export class Tokens {
  readonly issuer: string;
  readonly audience: string;
  readonly #current: Key;
  readonly #all: readonly Key[];

  /** `keys`: seeds of 32 bytes; the highest number signs, all of them are believed. `issuer`: an origin. */
  constructor(keys: NumberedKeys, issuer: string) {
    this.issuer = issuer;
    this.audience = `${issuer}/v1`;
    this.#current = keyOf(keys.byId.get(keys.current)!);
    this.#all = [...keys.byId.values()].map(keyOf);
  }

  /** The public keys (RFC 7517, RFC 8037). */
  get jwks() {
    return { keys: this.#all.map(({ jwk }) => ({ ...jwk, alg: HEADER.alg })) };
  }

  async sign({ issuedAt, ...claims }: Said): Promise<string> {
    const { seed, jwk } = this.#current;
    return new SignJWT(claims)
      .setProtectedHeader({ ...HEADER, kid: jwk.kid })
      .setIssuer(this.issuer)
      .setAudience(this.audience)
      .setIssuedAt(new Date(issuedAt))
      .setExpirationTime(new Date(issuedAt + ACCESS_LIFE))
      .sign(await importSigningKey(seed));
  }

  /** What an access token says; null for whatever is not one of ours, was altered, or does not hold at `now`. */
  async read(text: string, now: Instant): Promise<Claims | null> {
    if (text.length > MOST_TEXT || !isCanonical(text)) return null;
    try {
      const { payload } = await jwtVerify(text, ({ kid }) => this.#publicKey(kid), {
        algorithms: [HEADER.alg], typ: HEADER.typ, issuer: this.issuer, audience: this.audience, currentDate: new Date(now), requiredClaims: ["iat", "exp"],
      });
      return Claims.safeParse(payload).data ?? null;
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }

  async #publicKey(kid: string | undefined): Promise<CryptoKey> {
    const key = this.#all.find(({ jwk }) => jwk.kid === kid);
    if (!key) throw new errors.JWKSNoMatchingKey();
    return importPublicKey(fromBase64Url(key.jwk.x));
  }

  /** The refresh token of a family's generation: the same each time, and nowhere kept. */
  refreshToken(familyId: string, generation: number): string {
    return `${familyId}.${generation}.${toBase64Url(derived(this.#current, familyId, generation))}`;
  }

  /** Of which family and generation a refresh token is; null for one that we never made, so that a guess harms nobody's. */
  readRefreshToken(text: string): { familyId: string; generation: number } | null {
    const [, familyId = "", number, secret = ""] = REFRESH.exec(text) ?? [];
    if (!isUuid(familyId)) return null;
    const generation = Number(number);
    const ours = this.#all.some((key) => equalBytes(utf8(toBase64Url(derived(key, familyId, generation))), utf8(secret)));
    return ours ? { familyId, generation } : null;
  }
}

const derived = ({ derive }: Key, familyId: string, generation: number): Uint8Array =>
  hmac(sha256, derive, lengthPrefixed(utf8(familyId), utf8(String(generation))));
