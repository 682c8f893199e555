import { fromUtf8 } from "../../kernel/bytes.ts";
import { isUuid } from "../../kernel/ids.ts";
import type { ObjectDatabase } from "../../objects/database.ts";
import { getBytes, idsKey, type LogBucket } from "./bucket.ts";
import { recentPlaces, SPAN, spansAround } from "./store.ts";

/** Texts of 2.4 MB. A source that was long away sends entries of one time. */
const SPANS_HELD = 4;
const ID_LENGTH = 36;

/** Where entries are, by their ids, for ever: recent ones are known here, the ids of older ones are read back from the bucket. */
export class Places {
  readonly #database: ObjectDatabase;
  readonly #bucket: LogBucket;
  /** Ids of spans, the one last used last. */
  readonly #held = new Map<number, string>();

  constructor(database: ObjectDatabase, bucket: LogBucket) {
    this.#database = database;
    this.#bucket = bucket;
  }

  /** Of those that are in the log. Throws when the bucket has to be asked and does not answer. */
  async of(ids: readonly string[]): Promise<Map<string, number>> {
    const places = recentPlaces(this.#database, ids);
    // A part of an id would be found in some other.
    const missing = ids.filter((id) => !places.has(id) && isUuid(id));
    for (const span of missing.length > 0 ? spansAround(this.#database, missing) : []) {
      const text = await this.#idsOf(span);
      for (const id of missing) {
        const at = text.indexOf(id);
        if (at >= 0) places.set(id, span * SPAN + at / ID_LENGTH);
      }
    }
    return places;
  }

  async #idsOf(span: number): Promise<string> {
    const text = this.#held.get(span) ?? fromUtf8(await getBytes(this.#bucket, idsKey(span)));
    this.#held.delete(span);
    this.#held.set(span, text);
    if (this.#held.size > SPANS_HELD) this.#held.delete(this.#held.keys().next().value!);
    return text;
  }
}
