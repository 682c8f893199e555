import { type Clock, type Instant, SECOND } from "../kernel/clock.ts";
import { contentHash, decodeManifest, type Manifest } from "../snapshot/manifest.ts";
import { type ManifestKeys, verifyManifest } from "../snapshot/signature.ts";
import type { ManifestRef } from "./feed.ts";

/** One of the places that keep published bytes under their SHA-256 in hexadecimal. */
export interface BlobHome {
  name: string;
  /** Null when it does not have them. Has a deadline, and throws when that passes or it cannot say. */
  read(hash: string): Promise<Uint8Array | null>;
  /** It caches that it does not have something, and goes on saying so for a while when it has. */
  cachesMisses?: boolean;
}

export interface PublishedParts {
  /** In the order they are asked. */
  homes: readonly BlobHome[];
  clock: Clock;
  /** Told of a home that fails, and of one whose bytes are not what their name says. */
  report: (what: string, error: unknown) => void;
}

/** A home that failed is left alone for so long, so that a dead one does not delay every shard. */
const FAILED_REST_MS = 5 * SECOND;
/** A hash that a home which caches misses did not have, or had damaged, is not asked of it again for so long. */
const MISSED_REST_MS = 60 * SECOND;

/** Published bytes, whichever home has them; believed only under their own hash. */
export class Published {
  readonly #parts: PublishedParts;
  /** Until when a home, or one hash of it, is left alone. */
  readonly #restsUntil = new Map<string, Instant>();

  constructor(parts: PublishedParts) {
    this.#parts = parts;
  }

  /** The bytes from the first home that has them whole; null when none has, for now. */
  async read(hash: string): Promise<Uint8Array | null> {
    for (const home of this.#parts.homes) {
      const bytes = this.#rests(home.name) || this.#rests(`${home.name}/${hash}`) ? null : await this.#ask(home, hash);
      if (bytes) return bytes;
    }
    return null;
  }

  async #ask(home: BlobHome, hash: string): Promise<Uint8Array | null> {
    try {
      const bytes = await home.read(hash);
      if (bytes && (await contentHash(bytes)) === hash) return bytes;
      if (bytes) this.#parts.report("published-damaged", new Error(`${home.name} holds other bytes under ${hash}`));
      if (home.cachesMisses) this.#leaveAlone(`${home.name}/${hash}`, MISSED_REST_MS);
    } catch (error) {
      this.#leaveAlone(home.name, FAILED_REST_MS);
      this.#parts.report("home-failed", new Error(`${home.name}: ${String(error)}`));
    }
    return null;
  }

  /** A clock that was set back ends every rest. */
  #rests(what: string): boolean {
    const left = (this.#restsUntil.get(what) ?? 0) - this.#parts.clock();
    return left > 0 && left <= MISSED_REST_MS;
  }

  #leaveAlone(what: string, ms: number): void {
    for (const known of this.#restsUntil.keys()) if (!this.#rests(known)) this.#restsUntil.delete(known);
    this.#restsUntil.set(what, this.#parts.clock() + ms);
  }
}

/**
 * The manifest the log announced. Throws when it is not to be had, for which another time may do. Throws RangeError, for
 * good, when no key of ours signed it or when it is of another log or sequence than was announced: whoever could write
 * to a home could else replay an older set.
 */
export async function readManifest(
  published: Published, keys: ManifestKeys, { hash, sequence }: ManifestRef, logId: string,
): Promise<Manifest> {
  const signed = await published.read(hash);
  if (!signed) throw new Error("the manifest is in none of its homes");
  const manifest = decodeManifest(await verifyManifest(signed, keys));
  if (manifest.logId !== logId) throw new RangeError("a manifest of another log");
  if (manifest.sequence !== sequence) throw new RangeError("a manifest of another sequence than was announced");
  return manifest;
}
