import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { COVERING } from "../../src/cli/data/covering.ts";
import type { Office } from "../../src/office/database.ts";
import { testOffice } from "../support/office.ts";
import { planOf, type RecordedOffice, recordedOffice } from "../support/plans.ts";
import { GUARDS, QUERIES, SMALL } from "./queries.ts";

const SOURCES = join(import.meta.dirname, "../../src");

const test = testOffice();
let recorded: RecordedOffice;
beforeAll(() => void (recorded = recordedOffice(test.servers.primary.url, test.servers.writeToken)));

/** Whether a source is given the office's database. */
const asks = (path: string): boolean => /from "([./]+\/office|[.])\/database[.]ts"/.test(readFileSync(path, "utf8"));

/** Every exported function that asks the office, by its store: of domains by the folder, of the office itself by the file. */
async function functions(): Promise<string[]> {
  const paths = globSync(["domains/**/store.ts", "office/*.ts"], { cwd: SOURCES }).filter((path) => asks(join(SOURCES, path)));
  const found = await Promise.all(paths.map(async (path) => {
    const exported = (await import(join(SOURCES, path))) as Record<string, unknown>;
    const store = path.startsWith("domains/") ? path.slice("domains/".length, -"/store.ts".length) : path.slice(0, -".ts".length);
    return Object.keys(exported).filter((key) => typeof exported[key] === "function").map((name) => `${store}: ${name}`);
  }));
  return found.flat().toSorted();
}

const indexes = async (): Promise<string[]> => {
  const { rows } = await test.office.primary.$client.execute("SELECT name FROM sqlite_schema WHERE type = 'index' AND name NOT LIKE 'sqlite_autoindex_%' ORDER BY name");
  return rows.map(({ name }) => String(name));
};

async function plans(ask: (office: Office) => unknown) {
  const asked = await recorded.asked(ask);
  expect(asked).not.toEqual([]);
  return Promise.all(asked.map((one) => recorded.explain(one, Object.keys(SMALL))));
}

const union = (lists: readonly (readonly string[])[]): string[] => [...new Set(lists.flat())].toSorted();

describe("the plan of", () => {
  const covering: string[][] = [];

  const named = QUERIES.map(([store, name, ask, uses, despite]) => [`${store}: ${name}`, ask, uses, despite] as const);
  it.each(named)("%s", async (_, ask, uses, despite) => {
    const found = await plans(ask);
    const faults = found.flatMap((plan) => plan.faults);
    expect(faults.length > 0, faults.join()).toBe(despite !== undefined);
    expect(union(found.map((plan) => plan.uses))).toEqual(uses);
    covering.push(...found.map((plan) => plan.covering.filter((name) => !name.endsWith(".primaryKey"))));
  });

  it("no other query than those said to be covered is covered", () => expect(union(covering)).toEqual(COVERING.office));
});

describe("the queries", () => {
  it("are every function of every store that asks the office", async () => {
    expect(union([QUERIES.map(([store, name]) => `${store}: ${name}`)])).toEqual(await functions());
  });

  it("need every index, but those that refuse what may not be twice", async () => {
    const needed = union([...QUERIES.map(([, , , uses]) => uses), GUARDS.map(([index]) => index)]);
    expect(await indexes()).toEqual(needed.filter((name) => !name.endsWith(".primaryKey")));
  });

  it.each(GUARDS)("%s refuses what may not be twice", async (index, twice) => {
    const { rows } = await test.office.primary.$client.execute({ sql: "SELECT name FROM pragma_index_info(?)", args: [index] });
    await twice(test.office);
    const refusal = await Promise.resolve(twice(test.office)).then(() => null, (error: Error) => String(error.cause));
    expect(refusal).toContain("UNIQUE constraint failed");
    for (const { name } of rows) expect(refusal).toContain(`.${String(name)}`);
  });
});

describe("a plan has a fault when", () => {
  const asked = { sql: "select * from t where x = ?", params: [] };
  it.each([
    ["a table that grows is gone through", "SCAN t"],
    ["all of an index is gone through", "SCAN t USING COVERING INDEX t_by_x"],
    ["rows are sorted", "USE TEMP B-TREE FOR ORDER BY"],
    ["the last term is sorted", "USE TEMP B-TREE FOR LAST TERM OF ORDER BY"],
    ["an index is made for it each time", "SEARCH t USING AUTOMATIC COVERING INDEX (x=?)"],
  ])("%s", (_, step) => expect(planOf(asked, [step]).faults).toEqual([step]));

  it("not when a walk ends where its limit does, nor for a table that stays small", () => {
    const first = { sql: "select * from t order by x limit ?", params: [] };
    expect(planOf(first, ["SCAN t USING INDEX t_by_x"])).toEqual({ uses: ["t_by_x"], covering: [], faults: [] });
    expect(planOf(asked, ["SCAN t"], ["t"])).toEqual({ uses: [], covering: [], faults: [] });
  });
});
