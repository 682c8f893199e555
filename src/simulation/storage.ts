import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import type { Instant } from "../kernel/clock.ts";

/** Everything that stands in an object's tables, and its alarm: what a rollback goes back to. */
export interface Saved {
  alarm: Instant | null;
  tables: Map<string, SQLInputValue[][]>;
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
      return { raw: () => ({ toArray: () => rows }) };
    },
  };

  /** Every row of a query, as arrays. */
  rows(query: string, ...values: SQLInputValue[]): SQLInputValue[][] {
    let statement = this.#prepared.get(query);
    if (!statement) {
      statement = this.#database.prepare(query);
      statement.setReturnArrays(true);
      this.#prepared.set(query, statement);
    }
    return statement.all(...values) as unknown as SQLInputValue[][];
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
    const tables = this.#tables().map((table) => [table, this.rows(`select * from "${table}" order by rowid`)] as const);
    return { alarm: this.#alarm, tables: new Map(tables) };
  }

  /** Everything as it was saved, and nothing since. */
  restore({ alarm, tables }: Saved): void {
    this.clear();
    for (const [table, rows] of tables) {
      for (const row of rows) this.rows(`insert into "${table}" values (${row.map(() => "?").join(", ")})`, ...row);
    }
    this.arm(alarm);
  }

  /** Empty, at the newest schema. */
  clear(): void {
    for (const table of this.#tables()) this.rows(`delete from "${table}"`);
    this.#alarm = null;
  }

  #tables(): string[] {
    return this.rows("select name from sqlite_schema where type = 'table' and name not like '\\_\\_%' escape '\\'").map(([name]) => String(name));
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
