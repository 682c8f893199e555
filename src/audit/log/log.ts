import { fromUtf8, toHex } from "../../kernel/bytes.ts";
import type { Random } from "../../kernel/clock.ts";
import type { ObjectDatabase } from "../../objects/database.ts";
import { formatNote } from "../../tlog/note.ts";
import { sign, type Signer } from "../../tlog/sign.ts";
import { AUDIT_SOURCES, type AuditSource, isEntry, leafOf, type LogEntry } from "../entry.ts";
import { type Appended, type AuditLogApi, ENTRIES_AT_ONCE } from "../rpc.ts";
import { Pool } from "./pool.ts";
import { keepGrowth, leavesBetween, readTree, readUploaded, recentPlaces } from "./store.ts";
import { checkpointText, grow, sizeOf, type Tree } from "./tree.ts";

export interface LogParts {
  database: ObjectDatabase;
  /** Its key's name is the log's origin. */
  signer: Signer;
  random: Random;
  wait: (ms: number) => Promise<void>;
}

interface Pooled {
  id: string;
  leaf: string;
}

/** The audit log: what the object does, but for the platform. */
export class Log implements Pick<AuditLogApi, "append" | "find" | "checkpoint"> {
  readonly #parts: LogParts;
  readonly #pool: Pool<Pooled>;
  #tree: Tree | null = null;

  constructor(parts: LogParts) {
    this.#parts = parts;
    this.#pool = new Pool({ flush: (items) => this.#flush(items), wait: parts.wait });
  }

  async append(source: AuditSource, entries: readonly LogEntry[]): Promise<Appended> {
    if (!AUDIT_SOURCES.includes(source) || entries.length > ENTRIES_AT_ONCE || !entries.every(isEntry)) throw new RangeError("not what the log takes");
    const ids = entries.map(({ id }) => id);
    const known = recentPlaces(this.#parts.database, ids);
    const fresh = entries.filter(({ id }) => !known.has(id));
    if (!this.#pool.takes(fresh.length)) return { ok: false, refusal: "busy" };
    if (fresh.length > 0) await this.#pool.add(fresh.map((entry) => ({ id: entry.id, leaf: fromUtf8(leafOf(source, entry)) })));
    const places = recentPlaces(this.#parts.database, ids);
    return { ok: true, indexes: ids.map((id) => places.get(id)!) };
  }

  async find(ids: readonly string[]): Promise<(number | null)[]> {
    const places = recentPlaces(this.#parts.database, ids);
    return ids.map((id) => places.get(id) ?? null);
  }

  async checkpoint(): Promise<string | null> {
    return this.#current().note;
  }

  /** The tree as it is stored: its checkpoint is the one that was signed then. */
  #current(): Tree {
    if (this.#tree) return this.#tree;
    const { database, random } = this.#parts;
    const { size, note } = readTree(database, () => toHex(random(16)));
    const there = readUploaded(database);
    const { edge } = grow(there, leavesBetween(database, Number(there.size), size));
    return (this.#tree = { edge, note });
  }

  async #flush(items: readonly Pooled[]): Promise<void> {
    const { database, signer } = this.#parts;
    const before = this.#current();
    const known = recentPlaces(database, items.map(({ id }) => id));
    const leaves = [...new Map(items.map(({ id, leaf }) => [id, leaf]))].filter(([id]) => !known.has(id)).map(([, leaf]) => leaf);
    if (leaves.length === 0) return;
    const { edge } = grow(before.edge, leaves);
    const text = checkpointText(signer.key.name, edge);
    const note = formatNote({ text, signatures: [await sign(text, signer)] });
    // What a write that failed left behind is read again.
    this.#tree = null;
    database.transaction(() => keepGrowth(database, sizeOf(before), leaves, note));
    this.#tree = { edge, note };
  }
}
