import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import type { Instant } from "../kernel/clock.ts";

/** Everything that stands in an object's tables, and its alarm: what a rollback goes back to. */
export interface Saved {
  alarm: Instant | null;
  tables: Map<string, SQLInputValue[][]>;
  triggers: [name: string, sql: string][];
}

/** SQLite takes views where Durable Objects take buffers, and has no booleans. */
function accepted(value: unknown): SQLInputValue {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  return typeof value === "boolean" ? Number(value) : (value as SQLInputValue);
}

/** A Durable Object's storage as the product's code uses it: SQLite in memory, and one alarm on the object's own clock. */
export class ObjectStorage {
  readonly #database = new DatabaseSync(":memory:");
  readonly #prepared = new Map<string, StatementSync>();
  #depth = 0;
  #alarm: Instant | null = null;
  /** Told of each change of the alarm. */
  armed: (at: Instant | null) => void = () => undefined;

  readonly sql = {
    exec: (query: string, ...values: unknown[]) => {
      const rows = this.rows(query, ...values.map(accepted));
      const named = (): Record<string, SQLInputValue>[] => this.#named(query, rows);
      return { raw: () => ({ toArray: () => rows }), toArray: named, next: () => ({ value: named()[0] }) };
    },
  };

  /** Every row of a query, as arrays. */
  rows(query: string, ...values: SQLInputValue[]): SQLInputValue[][] {
    return this.#statement(query).all(...values) as unknown as SQLInputValue[][];
  }

  #statement(query: string): StatementSync {
    let statement = this.#prepared.get(query);
    if (!statement) {
      statement = this.#database.prepare(query);
      statement.setReturnArrays(true);
      this.#prepared.set(query, statement);
    }
    return statement;
  }

  #named(query: string, rows: SQLInputValue[][]): Record<string, SQLInputValue>[] {
    const names = this.#statement(query).columns().map(({ name }) => name);
    return rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at]!])));
  }

  transactionSync = <T>(work: () => T): T => {
    const savepoint = `at${this.#depth++}`;
    this.#database.exec(`savepoint ${savepoint}`);
    try {
      return work();
    } catch (error) {
      this.#database.exec(`rollback to ${savepoint}`);
      throw error;
    } finally {
      this.#database.exec(`release ${savepoint}`);
      this.#depth--;
    }
  };

  get alarm(): Instant | null {
    return this.#alarm;
  }

  setAlarm = async (at: Instant): Promise<void> => this.arm(at);
  deleteAlarm = async (): Promise<void> => this.arm(null);

  arm(at: Instant | null): void {
    this.#alarm = at;
    this.armed(at);
  }

  save(): Saved {
    const tables = this.#tables().map((table) => [table, this.rows(`select rowid, * from "${table}" order by rowid`)] as const);
    return { alarm: this.#alarm, tables: new Map(tables), triggers: this.#triggers() };
  }

  /** Everything as it was saved, and nothing since. */
  restore({ alarm, tables, triggers }: Saved): void {
    this.clear();
    for (const [table, rows] of tables) {
      // SQLite keeps its own counters while the others are filled: they come last.
      this.rows(`delete from "${table}"`);
      const columns = this.rows("select name from pragma_table_info(?)", table).map(([name]) => `"${String(name)}"`);
      const insert = `insert into "${table}" (rowid, ${columns.join(", ")}) values (?${", ?".repeat(columns.length)})`;
      for (const row of rows) this.rows(insert, ...row);
    }
    for (const [, trigger] of triggers) this.#database.exec(trigger);
    this.arm(alarm);
  }

  /** Empty, at the newest schema. */
  clear(): void {
    for (const [name] of this.#triggers()) this.#database.exec(`drop trigger "${name}"`);
    for (const table of this.#tables()) this.rows(`delete from "${table}"`);
    this.#alarm = null;
  }

  #triggers(): [name: string, sql: string][] {
    return this.rows("select name, sql from sqlite_schema where type = 'trigger'").map(([name, sql]) => [String(name), String(sql)]);
  }

  #tables(): string[] {
    const named = "select name from sqlite_schema where type = 'table' and name not like '\\_\\_%' escape '\\'";
    return this.rows(`${named} order by name = 'sqlite_sequence'`).map(([name]) => String(name));
  }
}

/** Schemas are made once a process: a run gets storage another one is done with, emptied. */
const idle = new Map<string, ObjectStorage[]>();

export function takeStorage(kind: string): ObjectStorage {
  const storage = idle.get(kind)?.pop() ?? new ObjectStorage();
  storage.clear();
  return storage;
}

export function giveBack(kind: string, storage: ObjectStorage): void {
  storage.armed = () => undefined;
  idle.set(kind, [...(idle.get(kind) ?? []), storage]);
}
