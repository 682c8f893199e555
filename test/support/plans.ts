/** What a database does for a query, as SQLite's EXPLAIN QUERY PLAN tells it. */
import { createClient, type InStatement } from "@libsql/client/http";
import { drizzle } from "drizzle-orm/libsql/http";
import type { Office } from "../../src/office/database.ts";

export interface Asked {
  sql: string;
  params: unknown[];
}

export interface Plan {
  /** Each index by its name, or `<table>.primaryKey`, in alphabetical order. */
  uses: string[];
  /** Those of them that answered without a look at their table. */
  covering: string[];
  /** Whatever takes longer the more rows there are. */
  faults: string[];
}

const STEP = /^(?<how>SCAN|SEARCH) (?<table>\S+)(?: USING (?:(?<automatic>AUTOMATIC )?(?:PARTIAL )?(?<covering>COVERING )?INDEX (?<index>\S+)|(?:INTEGER )?(?<key>PRIMARY KEY)))?/;

/** A walk that ends where its limit does: nothing is passed over, nothing sorted. */
const ends = (sql: string): boolean => / limit /i.test(sql) && !/ (where|join|group by|having|distinct) /i.test(sql);

/** Reads the steps of a plan. `small` are tables that never hold more than a few rows. */
export function planOf({ sql }: Asked, steps: readonly string[], small: readonly string[] = []): Plan {
  const plan = { uses: new Set<string>(), covering: new Set<string>(), faults: [] as string[] };
  for (const step of steps) {
    const { how, table, automatic, covering, index, key } = STEP.exec(step)?.groups ?? {};
    const passed = step.includes("VIRTUAL TABLE") || step === "SCAN CONSTANT ROW" || (small.includes(table ?? "") && !index && !key);
    if (passed) continue;
    if (step.startsWith("USE TEMP B-TREE") || automatic || (how === "SCAN" && !ends(sql))) plan.faults.push(step);
    if (automatic || (!index && !key)) continue;
    const name = !index || index.startsWith("sqlite_autoindex_") ? `${table!}.primaryKey` : index;
    plan.uses.add(name);
    if (covering) plan.covering.add(name);
  }
  return { uses: [...plan.uses].toSorted(), covering: [...plan.covering].toSorted(), faults: plan.faults };
}

/** Everything a query would run: of what was built, and of what was asked of the database. */
function builtIn(answer: unknown): Asked[] {
  if (Array.isArray(answer)) return answer.flatMap(builtIn);
  if (typeof answer !== "object" || answer === null) return [];
  if ("toSQL" in answer) return [(answer as { toSQL(): Asked }).toSQL()];
  return "exactlyOne" in answer ? builtIn(answer.exactlyOne) : [];
}

export interface RecordedOffice {
  office: Office;
  /** Asks, and answers what reached the database or would have. */
  asked(ask: (office: Office) => unknown): Promise<Asked[]>;
  explain(asked: Asked, small?: readonly string[]): Promise<Plan>;
}

/** An office whose every statement is noted. */
export function recordedOffice(url: string, authToken: string): RecordedOffice {
  const client = createClient({ url, authToken });
  const noted: Asked[] = [];
  const note = (statement: InStatement): void => {
    noted.push(typeof statement === "string" ? { sql: statement, params: [] } : { sql: statement.sql, params: (statement.args ?? []) as unknown[] });
  };
  const recording = new Proxy(client, {
    get: (target, verb) => {
      const method: unknown = Reflect.get(target, verb);
      if (typeof method !== "function") return method;
      return (first: unknown, ...rest: unknown[]) => {
        if (verb === "execute") note(first as InStatement);
        if (verb === "batch") (first as InStatement[]).forEach(note);
        return (method as (...given: unknown[]) => unknown).call(target, first, ...rest);
      };
    },
  });
  const database = drizzle(recording);
  return {
    office: { primary: database, nearest: database },
    async asked(ask) {
      noted.length = 0;
      const answer = ask({ primary: database, nearest: database });
      const built = builtIn(answer);
      if (built.length === 0) await answer;
      return built.length > 0 ? built : [...noted];
    },
    async explain(asked, small) {
      const { rows } = await client.execute({ sql: `EXPLAIN QUERY PLAN ${asked.sql}`, args: asked.params as never[] });
      return planOf(asked, rows.map(({ detail }) => String(detail)), small);
    },
  };
}
