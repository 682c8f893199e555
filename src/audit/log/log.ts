import { fromUtf8, toHex } from "../../kernel/bytes.ts";
import type { Random } from "../../kernel/clock.ts";
import { setDueOnce } from "../../objects/due.ts";
import { formatNote, parseNote } from "../../tlog/note.ts";
import { sign, type Signer } from "../../tlog/sign.ts";
import { formatVerifierKey } from "../../tlog/verifier-key.ts";
import { AUDIT_SOURCES, type AuditSource, isEntry, leafOf, type LogEntry } from "../entry.ts";
import { type Appended, type AuditLogApi, ENTRIES_AT_ONCE, type LogStatus } from "../rpc.ts";
import { Halted } from "./halted.ts";
import { Places } from "./places.ts";
import { Pool } from "./pool.ts";
import { proofFile } from "./prove.ts";
import { AGAIN_MS, PUBLISH_TASK, Publishing, type PublishingParts } from "./publishing.ts";
import { keepGrowth, readPublished, readTree, recentPlaces, uploadedSize } from "./store.ts";
import { storedTree } from "./stored-tree.ts";
import { checkpointText, fullTiles, grow, sizeOf, type Tree } from "./tree.ts";

export interface LogParts extends Omit<PublishingParts, "origin" | "birth" | "tree"> {
  /** Its key's name is the log's origin. */
  signer: Signer;
  /** A C2SP tlog-policy without its `log` line; empty for no witness. */
  witnesses: string;
  random: Random;
}

/** So much the log takes on while the bucket is away: some 60 MB. */
export const MOST_UNUPLOADED = 262_144;
const FOUND_AT_ONCE = 1_000;

interface Pooled {
  id: string;
  leaf: string;
}

/** The audit log: what its object does, but for the platform. */
export class Log implements AuditLogApi {
  readonly #parts: LogParts;
  readonly #pool: Pool<Pooled>;
  readonly #places: Places;
  readonly publishing: Publishing;
  #tree: Tree | null = null;

  constructor(parts: LogParts) {
    this.#parts = parts;
    this.#pool = new Pool({ flush: (items) => this.#flush(items), wait: parts.wait });
    this.#places = new Places(parts.database, parts.bucket);
    this.publishing = new Publishing({ ...parts, origin: parts.signer.key.name, birth: () => this.#row().birth, tree: () => this.#current() });
  }

  /**
   * Before anything else. Throws when the log has no entries and the bucket cannot be asked. One that has entries goes on without the
   * bucket, and compares what is there before it puts anything there.
   */
  async begin(): Promise<void> {
    const { size, halted } = this.#row();
    this.publishing.halted = halted;
    const { publisher } = this.publishing;
    try {
      if (publisher.isBehind()) setDueOnce(this.#parts.database, PUBLISH_TASK, this.#parts.clock());
      await publisher.look();
    } catch (error) {
      if (error instanceof Halted) this.publishing.halt(error.message);
      else if (size === 0) throw error;
    }
    await this.#parts.arm();
  }

  async append(source: AuditSource, entries: readonly LogEntry[]): Promise<Appended> {
    if (!AUDIT_SOURCES.includes(source) || entries.length > ENTRIES_AT_ONCE || !entries.every(isEntry)) throw new RangeError("not what the log takes");
    if (this.publishing.halted !== null) return { ok: false, refusal: "halted" };
    const ids = entries.map(({ id }) => id);
    const places = await this.#places.of(ids);
    const fresh = entries.filter(({ id }) => !places.has(id));
    if (!this.#takes(fresh.length)) return { ok: false, refusal: "busy" };
    if (fresh.length > 0) {
      await this.#pool.add(fresh.map((entry) => ({ id: entry.id, leaf: fromUtf8(leafOf(source, entry)) })));
      for (const [id, place] of recentPlaces(this.#parts.database, fresh.map(({ id }) => id))) places.set(id, place);
    }
    return { ok: true, indexes: ids.map((id) => places.get(id)!) };
  }

  async find(ids: readonly string[]): Promise<(number | null)[]> {
    if (ids.length > FOUND_AT_ONCE) throw new RangeError(`at most ${FOUND_AT_ONCE} ids`);
    const places = await this.#places.of(ids);
    return ids.map((id) => places.get(id) ?? null);
  }

  async checkpoint(): Promise<string | null> {
    return this.#row().note;
  }

  async prove(index: number): Promise<string | null> {
    const there = readPublished(this.#parts.database);
    const tree = this.#current();
    const newest = tree.note === null ? null : { note: tree.note, size: sizeOf(tree) };
    const head = there && index < there.size ? there : newest;
    return head && Number.isSafeInteger(index) && index >= 0 && index < head.size ? proofFile(tree, this.#parts.bucket, index, head) : null;
  }

  async status(): Promise<LogStatus> {
    const { database, signer } = this.#parts;
    const { size } = this.#row();
    const there = readPublished(database);
    const { missing } = this.publishing.publisher;
    const cosigned = there ? cosignersOf(there.note, signer.key.name) : [];
    return { size, uploaded: uploadedSize(database), published: there?.size ?? 0, publishedAt: there?.at ?? null, cosigned, missing: missing.map(({ name }) => name), halted: this.publishing.halted };
  }

  async policy(): Promise<string> {
    const { signer, witnesses } = this.#parts;
    return `log ${formatVerifierKey(signer.key)}\n${witnesses.trim() || "quorum none"}\n`;
  }

  #row = () => readTree(this.#parts.database, () => toHex(this.#parts.random(16)));

  #takes(more: number): boolean {
    const unuploaded = this.#row().size - uploadedSize(this.#parts.database);
    return unuploaded + more <= MOST_UNUPLOADED && this.#pool.takes(more);
  }

  /** Throws Halted when the storage contradicts itself. */
  #current(): Tree {
    if (this.#tree) return this.#tree;
    const { database, signer } = this.#parts;
    return (this.#tree = storedTree(database, signer.key.name, this.#row()));
  }

  async #flush(items: readonly Pooled[]): Promise<void> {
    const { database, signer, clock } = this.#parts;
    const before = this.#current();
    const known = recentPlaces(database, items.map(({ id }) => id));
    const leaves = [...new Map(items.map(({ id, leaf }) => [id, leaf]))].filter(([id]) => !known.has(id)).map(([, leaf]) => leaf);
    if (leaves.length === 0) return;
    const { edge, tiles } = grow(before.edge, leaves);
    const text = checkpointText(signer.key.name, edge);
    const note = formatNote({ text, signatures: [await sign(text, signer)] });
    if (this.publishing.halted !== null) throw new Error("the log was halted meanwhile");
    // What a write left behind that failed, or was said to have, is read again.
    this.#tree = null;
    database.transaction((transaction) => {
      keepGrowth(database, sizeOf(before), leaves, note);
      setDueOnce(transaction, PUBLISH_TASK, clock() + AGAIN_MS);
    });
    for (const [path, bytes] of fullTiles(tiles)) before.tiles.set(path, bytes);
    this.#tree = { edge, note, tiles: before.tiles };
    await this.#parts.arm();
    this.publishing.leave();
  }
}

function cosignersOf(note: string, origin: string): string[] {
  const parsed = parseNote(note);
  return parsed.ok ? parsed.note.signatures.map(({ name }) => name).filter((name) => name !== origin) : [];
}
