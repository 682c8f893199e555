import { toHex, utf8 } from "../kernel/bytes.ts";
import { leafHash, rootOf } from "../tlog/merkle.ts";

const IDS_A_LEAF = 256;

/** A leaf is its ids, each followed by a line feed, in UTF-8. */
const leafOf = (ids: readonly string[]): Uint8Array => utf8(`${ids.join("\n")}\n`);

/**
 * Answers' ids in the order answered, and the root that commits to them: the RFC 6962 tree hash over leaves of 256 ids
 * each, of which only the last may have fewer. Texts that are held for long cost the check more than it does itself, so
 * they become bytes leaf by leaf, and bytes become hashes off the path.
 */
export class AnswerIds {
  readonly #leaves: { bytes: Uint8Array | null; hash: Uint8Array | null }[] = [];
  #last: string[] = [];

  get count(): number {
    return this.#leaves.length * IDS_A_LEAF + this.#last.length;
  }

  /** How many are held as they are. */
  get held(): number {
    return this.#leaves.reduce((sum, { bytes }) => sum + (bytes ? IDS_A_LEAF : 0), this.#last.length);
  }

  add(id: string): void {
    if (this.#last.push(id) < IDS_A_LEAF) return;
    this.#leaves.push({ bytes: leafOf(this.#last), hash: null });
    this.#last = [];
  }

  /** Lets go of whole leaves for their hashes. */
  digest(): void {
    for (const leaf of this.#leaves) {
      if (leaf.bytes) leaf.hash = leafHash(leaf.bytes);
      leaf.bytes = null;
    }
  }

  /** In hexadecimal. */
  root(): string {
    this.digest();
    const hashes = this.#leaves.map(({ hash }) => hash!);
    return toHex(rootOf(this.#last.length > 0 ? [...hashes, leafHash(leafOf(this.#last))] : hashes));
  }
}
