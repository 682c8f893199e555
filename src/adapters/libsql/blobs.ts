import { fromBase64, toBase64 } from "../../kernel/bytes.ts";
import { execute, type LibsqlDatabase, type Statement, type Value } from "./pipeline.ts";

/** Whoever writes first makes the one table there is. */
const CREATE: Statement = { sql: "CREATE TABLE IF NOT EXISTS blobs (hash TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT" };

const text = (value: string): Value => ({ type: "text", value });

/** Bytes under their SHA-256 in hexadecimal, in one table; for who only reads, so that nothing else is on the edge. */
export const readableBlobs = (database: LibsqlDatabase) => ({
  name: "libSQL",

  /** Null when there are none. Before anything was written there is no table, and it throws. */
  async read(hash: string): Promise<Uint8Array | null> {
    const [row] = await execute(database, { sql: "SELECT bytes FROM blobs WHERE hash = ?", args: [text(hash)] });
    return row?.[0]?.type === "blob" ? fromBase64(row[0].base64) : null;
  },
});

/** The same for who has a token for writing too. */
export const writableBlobs = (database: LibsqlDatabase) => ({
  ...readableBlobs(database),

  /** Twice is the same as once; bytes that were damaged there are made good. */
  async put(hash: string, bytes: Uint8Array): Promise<void> {
    const sql = "INSERT INTO blobs VALUES (?, ?) ON CONFLICT (hash) DO UPDATE SET bytes = excluded.bytes";
    await execute(database, CREATE, { sql, args: [text(hash), { type: "blob", base64: toBase64(bytes) }] });
  },

  async delete(hashes: readonly string[]): Promise<void> {
    const sql = "DELETE FROM blobs WHERE hash IN (SELECT value FROM json_each(?))";
    await execute(database, CREATE, { sql, args: [text(JSON.stringify(hashes))] });
  },
});
