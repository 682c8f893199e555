import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { Pseudonym } from "../../../bst/kinds.ts";
import { lengthPrefixed, toHex, utf8 } from "../../../kernel/bytes.ts";
import type { CrossReference } from "../who-rpc.ts";

/** So many hexadecimal digits tell identifiers apart on a page; whoever reads them can ask nothing else with them. */
const SHOWN = 16;

/** What officers are shown instead of identifiers: HMAC-SHA-256 under the office's lookup key, each with a label of its own. */
export class LinkKeys {
  readonly #lookupKey: Uint8Array;

  /** `lookupKey`: 32 bytes. */
  constructor(lookupKey: Uint8Array) {
    this.#lookupKey = lookupKey;
  }

  identifier(p: Pseudonym): string {
    return this.#keyed("linked identifier", p).slice(0, SHOWN);
  }

  /** Of what an account is found by, or a browser is told by. */
  ofAccount(what: "email" | "device", key: string): string {
    return this.#keyed(`linked ${what}`, utf8(key)).slice(0, SHOWN);
  }

  /** Two persons and what they both stated: the same again, whatever its place in Register and the root it is kept under. */
  crossReference({ p, mark, personId, otherPersonId }: Pick<CrossReference, "p" | "mark" | "personId" | "otherPersonId">): string {
    return this.#keyed("cross-reference", mark ?? p, utf8(personId), utf8(otherPersonId)).slice(0, 2 * SHOWN);
  }

  #keyed(label: string, ...parts: Uint8Array[]): string {
    return toHex(hmac(sha256, this.#lookupKey, lengthPrefixed(utf8(label), ...parts)));
  }
}
