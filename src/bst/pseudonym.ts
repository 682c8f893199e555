import { ristretto255, ristretto255_oprf } from "@noble/curves/ed25519.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { concat, fromHex } from "../kernel/bytes.ts";
import { canonicalBytes } from "./canonical.ts";
import { readJson, readKey, refuse } from "./key-config.ts";
import type { CanonicalIdentifier, Pseudonym } from "./kinds.ts";
import type { Lineage } from "./lineage.ts";

/** The keys between an identifier and its pseudonyms. Whoever holds both can try out every phone number there is. */
export interface IdentityKeys {
  /** The VOPRF's scalar, 32 bytes, little-endian. For life: there is no way to move to another one. */
  oprfKey: Uint8Array;
  /** The root keys of all epochs since the first, never empty. */
  rootKeys: readonly Uint8Array[];
}

const PSEUDONYM_BYTES = 16;

/** The library offers the key holder's evaluation in this mode too; its types forget to say so. */
const voprf = ristretto255_oprf.voprf as typeof ristretto255_oprf.voprf & {
  evaluate(oprfKey: Uint8Array, input: Uint8Array): Uint8Array;
};

/** The next link of the chain of roots: HMAC-SHA-512, cut to 16 bytes. */
export const nextPseudonym = (previous: Uint8Array, rootKey: Uint8Array): Pseudonym =>
  hmac(sha512, rootKey, previous).slice(0, PSEUDONYM_BYTES);

/**
 * An identifier's lineage. RFC 9497 (ristretto255-SHA512, VOPRF mode) evaluated by the key's holder, which gives what
 * blinding, evaluating and finalizing would, then the whole chain of roots. About 1 ms.
 */
export const lineageOf = (keys: IdentityKeys, identifier: CanonicalIdentifier): Lineage =>
  lineageFrom(keys, voprf.evaluate(keys.oprfKey, canonicalBytes(identifier)));

/** The lineage that begins with the VOPRF's output: 64 bytes, as secret as the identifier. */
export const lineageFrom = ({ rootKeys }: IdentityKeys, output: Uint8Array): Lineage => concat(...links(output, rootKeys));

/** The pseudonyms under the roots after `rootEpoch`, oldest first, of whoever has this one under it; none when there is no newer root. */
export const advanced = ({ rootKeys }: IdentityKeys, rootEpoch: number, p: Pseudonym): Uint8Array =>
  concat(...links(p, rootKeys.slice(rootEpoch + 1)));

/** What each root in turn makes of the one before it. */
function links(start: Uint8Array, rootKeys: readonly Uint8Array[]): Pseudonym[] {
  const made: Pseudonym[] = [];
  for (const rootKey of rootKeys) made.push(nextPseudonym(made.at(-1) ?? start, rootKey));
  return made;
}

/** A scalar of the group that is not zero; null when the text is anything else. */
function readScalar(text: unknown): Uint8Array | null {
  if (typeof text !== "string") return null;
  try {
    const bytes = fromHex(text);
    return ristretto255.Point.Fn.isValidNot0(ristretto255.Point.Fn.fromBytes(bytes)) ? bytes : null;
  } catch {
    return null;
  }
}

/**
 * Reads OPRF_KEY (a scalar in hexadecimal) and ROOT_KEYS (a JSON array of base64url keys of at least 32 bytes, epoch 0
 * first). Throws one error that names every problem, and quotes no key.
 */
export function parseIdentityKeys(config: { OPRF_KEY?: string; ROOT_KEYS?: string }): IdentityKeys {
  const oprfKey = readScalar(config.OPRF_KEY);
  const listed = readJson(config.ROOT_KEYS);
  const roots = Array.isArray(listed) ? listed.map(readKey) : [];
  refuse([
    ...(oprfKey ? [] : ["OPRF_KEY is not a scalar of ristretto255, 32 bytes in hexadecimal"]),
    ...(roots.length > 0 ? [] : ["ROOT_KEYS is not a JSON array of keys"]),
    ...roots.flatMap((key, epoch) => (key ? [] : [`ROOT_KEYS[${epoch}] is not base64url of at least 32 bytes`])),
  ]);
  return { oprfKey: oprfKey!, rootKeys: roots.map((key) => key!) };
}
