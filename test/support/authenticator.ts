/** An authenticator in software: makes credentials and signs with them as Web Authentication Level 3 has it, or otherwise where a test says so. */
import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Assertion, Attestation, Ceremony, CreationOptions, RequestOptions } from "../../src/domains/authentication/passkeys/model.ts";

/** CBOR (RFC 8949), as little of it as there is here. */
function head(kind: number, size: number): Buffer {
  if (size < 24) return Buffer.from([kind + size]);
  return size < 256 ? Buffer.from([kind + 24, size]) : Buffer.from([kind + 25, size >> 8, size & 255]);
}
const number = (value: number): Buffer => (value < 0 ? head(0x20, -1 - value) : head(0, value));
const text = (value: string): Buffer => Buffer.concat([head(0x60, value.length), Buffer.from(value)]);
const byteString = (value: Buffer): Buffer => Buffer.concat([head(0x40, value.length), value]);
const map = (...pairs: Buffer[][]): Buffer => Buffer.concat([head(0xa0, pairs.length), ...pairs.flat()]);

const sha256 = (value: string | Buffer): Buffer => createHash("sha256").update(value).digest();
const bytes = (encoded: string | undefined): Buffer => Buffer.from(encoded!, "base64url");

type Algorithm = "ES256" | "EdDSA" | "RS256";

const KEYS: Record<Algorithm, () => { publicKey: KeyObject; privateKey: KeyObject }> = {
  ES256: () => generateKeyPairSync("ec", { namedCurve: "P-256" }),
  EdDSA: () => generateKeyPairSync("ed25519"),
  RS256: () => generateKeyPairSync("rsa", { modulusLength: 2048 }),
};

/** RFC 9052's keys. */
function coseOf(algorithm: Algorithm, key: KeyObject): Buffer {
  const { x, y, n, e } = key.export({ format: "jwk" });
  if (algorithm === "EdDSA") return map([number(1), number(1)], [number(3), number(-8)], [number(-1), number(6)], [number(-2), byteString(bytes(x))]);
  if (algorithm === "RS256") return map([number(1), number(3)], [number(3), number(-257)], [number(-1), byteString(bytes(n))], [number(-2), byteString(bytes(e))]);
  return map([number(1), number(2)], [number(3), number(-7)], [number(-1), number(1)], [number(-2), byteString(bytes(x))], [number(-3), byteString(bytes(y))]);
}

/** What a dishonest page, browser or authenticator does otherwise. */
export interface Forgery {
  origin?: string;
  rpId?: string;
  type?: string;
  challenge?: string;
  /** User present 1, user verified 4. */
  flags?: number;
  counter?: number;
  userHandle?: string;
  /** `packed`: the maker's statement about the key, signed with the key itself or with the maker's and a certificate. */
  attested?: "by itself" | "by its maker";
}

/** Somebody who makes authenticators, and never made ours. */
const MAKER = JSON.parse(readFileSync(new URL("../fixtures/attestation-maker.json", import.meta.url), "utf8")) as { certificate: string; key: string };
const maker = () => createPrivateKey({ key: Buffer.from(MAKER.key, "base64"), format: "der", type: "pkcs8" });

const PRESENT_AND_VERIFIED = 0x05;
const HAS_CREDENTIAL = 0x40;

export class Authenticator {
  readonly credentialId = randomBytes(32).toString("base64url");
  readonly #algorithm: Algorithm;
  readonly #keys: { publicKey: KeyObject; privateKey: KeyObject };
  readonly #origin: string;
  counter = 0;
  /** Adds this much each time; synced passkeys stay at 0. */
  step = 1;
  #userHandle = "";

  constructor(origin: string, algorithm: Algorithm = "ES256") {
    this.#origin = origin;
    this.#algorithm = algorithm;
    this.#keys = KEYS[algorithm]();
  }

  create({ ceremonyId, options }: Ceremony<CreationOptions>, forged: Forgery = {}): Attestation {
    this.#userHandle = options.user.id;
    const id = bytes(this.credentialId);
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, coseOf(this.#algorithm, this.#keys.publicKey)]);
    const data = Buffer.concat([this.#data(options.rp.id, HAS_CREDENTIAL, forged), attested]);
    const clientDataJSON = this.#clientData("webauthn.create", options.challenge, forged);
    const statement = this.#statement(Buffer.concat([data, sha256(bytes(clientDataJSON))]), forged);
    const object = map([text("fmt"), text(forged.attested ? "packed" : "none")], [text("attStmt"), statement], [text("authData"), byteString(data)]);
    return {
      ceremonyId, credentialId: this.credentialId, clientDataJSON,
      attestationObject: object.toString("base64url"), transports: "internal,hybrid,other",
    };
  }

  get({ ceremonyId, options }: Ceremony<RequestOptions>, forged: Forgery = {}): Assertion {
    this.counter += this.step;
    const data = this.#data(options.rpId, 0, forged);
    const clientDataJSON = this.#clientData("webauthn.get", options.challenge, forged);
    const signature = sign(this.#algorithm === "EdDSA" ? null : "sha256", Buffer.concat([data, sha256(bytes(clientDataJSON))]), this.#keys.privateKey);
    return {
      ceremonyId, credentialId: this.credentialId, clientDataJSON, authenticatorData: data.toString("base64url"),
      signature: signature.toString("base64url"), userHandle: forged.userHandle ?? this.#userHandle,
    };
  }

  #statement(signed: Buffer, { attested }: Forgery): Buffer {
    if (!attested) return map();
    const signature = sign("sha256", signed, attested === "by itself" ? this.#keys.privateKey : maker());
    const certificates = attested === "by itself" ? [] : [[text("x5c"), Buffer.concat([head(0x80, 1), byteString(Buffer.from(MAKER.certificate, "base64"))])]];
    return map([text("alg"), number(-7)], [text("sig"), byteString(signature)], ...certificates);
  }

  #data(rpId: string, flags: number, forged: Forgery): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(forged.counter ?? this.counter);
    return Buffer.concat([sha256(forged.rpId ?? rpId), Buffer.from([(forged.flags ?? PRESENT_AND_VERIFIED) | flags]), counter]);
  }

  #clientData(type: string, challenge: string, forged: Forgery): string {
    const said = { type: forged.type ?? type, challenge: forged.challenge ?? challenge, origin: forged.origin ?? this.#origin, crossOrigin: false };
    return Buffer.from(JSON.stringify(said)).toString("base64url");
  }
}
