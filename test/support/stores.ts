/** Everything a system keeps, as a thief of its disks has it: every object's SQLite, both libSQL databases, R2, KV, queues. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** A value in each writing a store may have it in; of base64 the parts that do not depend on what stands around it. */
function writings(value: string): Buffer[] {
  const utf8 = Buffer.from(value);
  const utf16 = Buffer.from(value, "utf16le");
  const base64 = [0, 1, 2].flatMap((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), utf8]).toString("base64").replaceAll("=", "");
    const inner = text.slice(Math.ceil((shift * 4) / 3), text.length - 1);
    return [inner, inner.replaceAll("+", "-").replaceAll("/", "_")];
  });
  const texts = [utf8.toString("hex"), utf8.toString("hex").toUpperCase(), encodeURIComponent(value), JSON.stringify(value).slice(1, -1), [...value].toReversed().join(""), ...base64];
  return [utf8, utf16, Buffer.from(utf16).swap16(), ...texts.map((text) => Buffer.from(text))];
}

const filesIn = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));

/** Each file that holds one of the values, in any writing, and which. Raw bytes: free pages and write-ahead logs too. */
export function found(directory: string, values: readonly (string | Buffer)[]): string[] {
  return filesIn(directory).flatMap((file) => {
    const bytes = readFileSync(file);
    const held = values.filter((value) => (typeof value === "string" ? writings(value) : [value]).some((writing) => bytes.includes(writing)));
    return held.map((value) => `${typeof value === "string" ? value : "bytes"} in ${file.slice(directory.length)}`);
  });
}

/** Does something with each object's database that has a table of this name; the system must have stopped. */
export function eachDatabase(directory: string, table: string, work: (database: DatabaseSync) => void): void {
  for (const file of filesIn(join(directory, "do")).filter((name) => name.endsWith(".sqlite"))) {
    const database = new DatabaseSync(file);
    if (database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name = ?").get(table)) work(database);
    database.close();
  }
}
