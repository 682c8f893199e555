import { equalBytes, fromUtf8, utf8 } from "../../kernel/bytes.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { ObjectDatabase } from "../../objects/database.ts";
import { parseCheckpoint } from "../../tlog/checkpoint.ts";
import type { TreeEdge } from "../../tlog/edge.ts";
import { encodeBundle } from "../../tlog/entries.ts";
import { formatSignature, parseNote } from "../../tlog/note.ts";
import { newBundles } from "../../tlog/tiles.ts";
import type { Cosign, Cosigned } from "../witnesses.ts";
import { CHECKPOINT, GENESIS, idsKey, type LogBucket, putForGood, tileKey } from "./bucket.ts";
import { Halted } from "./halted.ts";
import { proveConsistency, rootAt } from "./prove.ts";
import { forgetSpan, keepPublished, keepUploaded, leavesBetween, readPublished, readUploaded, spanToForget } from "./store.ts";
import { bundleStart, fullTiles, grow, type Tree } from "./tree.ts";

export interface PublisherParts {
  database: ObjectDatabase;
  bucket: LogBucket;
  clock: Clock;
  /** The log's. */
  origin: string;
  /** What was drawn when this log began. */
  birth: () => string;
  /** The tree as it stands now. */
  tree: () => Tree;
  cosign: Cosign;
}

/** Uploaded in one go: 64 bundles, and as many tiles and some. */
const AT_ONCE = 16_384;

/** Takes the tree outside: first what proves it, then the checkpoint that says so. */
export class Publisher {
  readonly #parts: PublisherParts;
  /** The checkpoint that was last seen in the bucket, null when there was none; undefined while nobody looked. */
  #seen: { note: string; etag: string } | null | undefined;
  /** Witnesses that did not cosign what was published last. */
  missing: Cosigned["missing"] = [];

  constructor(parts: PublisherParts) {
    this.#parts = parts;
  }

  /** Whether the tree has grown since it was published. */
  isBehind(): boolean {
    return this.#parts.tree().edge.size > BigInt(readPublished(this.#parts.database)?.size ?? 0);
  }

  /**
   * Compares what is published with the tree; nothing else is done before. A log without entries is a new one or one that lost its
   * storage, and the bucket knows which. Throws Halted when it was not this log that published.
   */
  async look(): Promise<void> {
    const { bucket, database, tree, birth } = this.#parts;
    this.#seen = undefined;
    if (tree().note === null) await putForGood(bucket, GENESIS, utf8(birth()));
    const found = await bucket.get(CHECKPOINT);
    const note = found && fromUtf8(found.bytes);
    if (note !== null && note !== readPublished(database)?.note) await this.#compare(note);
    this.#seen = found && { note: note!, etag: found.etag };
  }

  async #compare(note: string): Promise<void> {
    const { origin, tree, bucket } = this.#parts;
    const parsed = parseNote(note);
    const read = parsed.ok ? parseCheckpoint(parsed.note.text) : parsed;
    if (!read.ok) throw new Halted(`the published checkpoint cannot be read: ${read.refusal}`);
    const { origin: theirs, size, root } = read.checkpoint;
    if (theirs !== origin) throw new Halted("the published checkpoint is another log's");
    if (size > tree().edge.size) throw new Halted(`the published checkpoint is ahead of the log: ${size} to ${tree().edge.size}`);
    if (!equalBytes(root, await rootAt(tree(), bucket, size))) throw new Halted(`the published checkpoint of ${size} is of another tree`);
  }

  /** Uploads and publishes the tree as it stands. Throws Halted, and whatever the bucket throws; then it is to be run again. */
  async run(): Promise<void> {
    if (this.#seen === undefined) await this.look();
    const { edge, note } = this.#parts.tree();
    if (note === null) return;
    await this.#upload(Number(edge.size));
    const isOther = this.#seen?.note !== readPublished(this.#parts.database)?.note;
    if (isOther || this.isBehind() || this.missing.length > 0) await this.#publish(note, edge.size);
  }

  async #upload(size: number): Promise<void> {
    const { database } = this.#parts;
    for (let from = readUploaded(database); from.size < BigInt(size); from = readUploaded(database)) {
      await this.#uploadTo(from, Math.min(size, bundleStart(Number(from.size)) + AT_ONCE));
    }
    for (let found = spanToForget(database); found; found = spanToForget(database)) {
      const { span, ids } = found;
      await putForGood(this.#parts.bucket, idsKey(span), utf8(ids));
      database.transaction(() => forgetSpan(database, span));
    }
  }

  async #uploadTo(from: TreeEdge, to: number): Promise<void> {
    const { database, bucket, tree } = this.#parts;
    const start = bundleStart(Number(from.size));
    const leaves = leavesBetween(database, start, to);
    const { edge, tiles } = grow(from, leaves.slice(Number(from.size) - start));
    const bundles = [...newBundles(from.size, BigInt(to))].map((tile, at) => ({ tile, bytes: encodeBundle(leaves.slice(256 * at, 256 * at + tile.width).map(utf8)) }));
    await Promise.all([...bundles, ...tiles].map(({ tile, bytes }) => putForGood(bucket, tileKey(tile), bytes)));
    database.transaction(() => keepUploaded(database, edge));
    for (const [path] of fullTiles(tiles)) tree().tiles.delete(path);
  }

  async #publish(note: string, size: bigint): Promise<void> {
    const { database, bucket, clock, tree, cosign } = this.#parts;
    const { signatures, missing } = await cosign(note, size, (oldSize) => proveConsistency(tree(), bucket, oldSize, size));
    this.missing = missing;
    const whole = note + signatures.map(formatSignature).join("");
    const before = this.#seen ?? null;
    // Should it be put without our being told, the next look finds it.
    this.#seen = undefined;
    const etag = await bucket.replace(CHECKPOINT, utf8(whole), before?.etag ?? null);
    if (etag === null) throw new Error("a checkpoint was published meanwhile");
    keepPublished(database, Number(size), whole, clock());
    this.#seen = { note: whole, etag };
  }
}
