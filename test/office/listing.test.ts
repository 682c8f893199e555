import { sql } from "drizzle-orm";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "@hono/zod-openapi";
import { listing, writeList } from "../../src/api/listing.ts";
import { ProblemError } from "../../src/api/problem.ts";
import { order, pageOf, partOf, placeIn } from "../../src/office/page.ts";
import { testOffice } from "../support/office.ts";

const test = testOffice();
const things = sqliteTable("things", { id: text().primaryKey(), rank: integer().notNull(), kind: text().notNull(), note: text() });

const list = listing({
  name: "things",
  filters: { kind: z.enum(["a", "b"]).optional() },
  orders: {
    id: order("ascending", "sqlite_autoindex_things_1", things.id),
    lowest: order("ascending", "things_by_rank", things.rank, things.id),
    highest: order("descending", "things_by_rank", things.rank, things.id),
  },
  usual: "id",
});
const other = listing({ name: "others", filters: {}, orders: { id: order("ascending", "x", things.id) }, usual: "id" });

type Query = Record<string, string>;
const asked = (query: Query, ...within: string[]) => list.read(list.parameters.parse(query), ...within);

async function read(query: Query) {
  const question = asked(query);
  const { order, page, filters } = question;
  const { where, orderBy, limit } = partOf(order, page, filters.kind === undefined ? undefined : sql`${things.kind} = ${filters.kind}`);
  const select = test.office.primary.select().from(things).where(where).orderBy(...orderBy).limit(limit);
  return { ...writeList(question, pageOf(await select.all(), page, placeIn(order)), ({ id }) => id), select };
}

beforeAll(async () => {
  await test.office.primary.run(sql`create table things (id text primary key not null, rank integer not null, kind text not null, note text)`);
  await test.office.primary.run(sql`create index things_by_rank on things (rank, id)`);
});

const id = fc.string({ minLength: 1, maxLength: 4, unit: "grapheme" }).filter((text) => !text.includes("\0"));
const row = fc.record({ id, rank: fc.integer({ min: 0, max: 3 }), kind: fc.constantFrom("a", "b") });
const rows = fc.uniqueArray(row, { selector: (thing) => thing.id, maxLength: 12 });
const plan = fc.record({
  stay: rows, come: rows, go: rows, limit: fc.integer({ min: 1, max: 5 }), sort: fc.constantFrom("id", "lowest", "highest"),
  kind: fc.constantFrom(undefined, "a", "b"),
});

describe("a list read by pages", () => {
  it("shows every row that is there throughout exactly once, in order, whatever comes and goes between pages", async () => {
    await fc.assert(
      fc.asyncProperty(plan, async ({ stay, come, go, limit, sort, kind }) => {
        const { primary } = test.office;
        await primary.delete(things);
        const known = new Set(stay.map((thing) => thing.id));
        const leaving = go.filter((thing) => !known.has(thing.id));
        const coming = come.filter((thing) => !known.has(thing.id) && leaving.every((one) => one.id !== thing.id));
        if (stay.length + leaving.length > 0) await primary.insert(things).values([...stay, ...leaving]);
        const seen: string[] = [];
        for (let cursor: string | null = null; ; ) {
          const page = await read({ limit: String(limit), sort, ...(kind && { kind }), ...(cursor !== null && { cursor }) });
          expect(page.items.length).toBeLessThanOrEqual(limit);
          seen.push(...page.items);
          cursor = page.next;
          if (cursor === null) break;
          const [arrives, leaves] = [coming.pop(), leaving.pop()];
          if (arrives) await primary.insert(things).values(arrives);
          if (leaves) await primary.delete(things).where(sql`${things.id} = ${leaves.id}`);
        }
        expect(new Set(seen).size).toBe(seen.length);
        const bytes = (text: string) => Buffer.from(text, "utf8");
        const byId = (a: { id: string }, b: { id: string }) => Buffer.compare(bytes(a.id), bytes(b.id));
        const sign = sort === "highest" ? -1 : 1;
        const sorted = stay.toSorted((a, b) => sign * ((sort === "id" ? 0 : a.rank - b.rank) || byId(a, b)));
        const wanted = sorted.filter((thing) => kind === undefined || thing.kind === kind).map((thing) => thing.id);
        expect(seen.filter((one) => known.has(one))).toEqual(wanted);
      }),
      { numRuns: 60 },
    );
  });

  it.each(["id", "lowest", "highest"])("is read by %s from its index, without sorting", async (sort) => {
    await test.office.primary.delete(things);
    await test.office.primary.insert(things).values(["p", "q", "r"].map((one) => ({ id: one, rank: 1, kind: "a" })));
    const { next } = await read({ limit: "1", sort });
    const { select } = await read({ limit: "1", sort, cursor: next! });
    const { sql: statement, params } = select.toSQL();
    const { rows: steps } = await test.office.primary.$client.execute({ sql: `explain query plan ${statement}`, args: params as never[] });
    const plan = steps.map((step) => String(step.detail)).join("\n");
    expect(plan).toContain(`USING INDEX ${asked({ sort }).order.index}`);
    expect(plan).not.toMatch(/TEMP B-TREE|SCAN things$/m);
  });
});

const refusal = (query: Query, ...within: string[]): string => {
  try {
    asked(query, ...within);
    return "taken";
  } catch (error) {
    return (error as ProblemError).problem?.detail ?? String(error);
  }
};
const text64 = (value: unknown) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

describe("a cursor", () => {
  it("is good for the list, order, filter and place it was made with, and refused elsewhere", () => {
    const made = (query: Query, ...within: string[]) => writeList(asked(query, ...within), { rows: [], next: ["x"] }, () => null).next!;
    const cursor = made({});
    expect(refusal({ cursor })).toBe("taken");
    expect(refusal({ cursor, limit: "7" })).toBe("taken");
    const elsewhere = /another list, order or filter/;
    expect(refusal({ cursor, kind: "a" })).toMatch(elsewhere);
    expect(refusal({ cursor, sort: "lowest" })).toMatch(elsewhere);
    expect(refusal({ cursor }, "operator-1")).toMatch(elsewhere);
    expect(refusal({ cursor: made({}, "operator-2") }, "operator-1")).toMatch(elsewhere);
    const others = writeList(other.read(other.parameters.parse({})), { rows: [], next: ["x"] }, () => null).next!;
    expect(refusal({ cursor: others })).toMatch(elsewhere);
  });

  it("that nobody made is refused in words, whatever it holds", async () => {
    const { mark } = asked({ sort: "lowest" });
    const forged = [
      [mark], [mark, 1], [mark, 1, "x", "y"], [mark, "1", "x"], [mark, 1, 2], [mark, null, "x"], [mark, 1, null], [mark, 1.5, "x"], [mark, 1e300, "x"],
      [mark, [1], "x"], [mark, { $gt: 0 }, "x"], [mark, 1, "\ud800"], [mark, 1, "\0"], [], {}, null, 7, "x", [[]], `["${mark}",1e999,"x"]`, "[", "\ufeff",
    ];
    const texts = [...forged.map(text64), "", "%", "' OR 1=1 --", "💥", "=", "A", "__proto__", "x".repeat(512)];
    for (const cursor of texts) expect(refusal({ sort: "lowest", cursor }), cursor).toMatch(/^cursor: /);
    for (const place of [[-1, "x"], [Number.MAX_SAFE_INTEGER, "'; drop table things --"], [0, "\u202e%00"]]) {
      expect((await read({ sort: "lowest", cursor: text64([mark, ...place]) })).next).toBeNull();
    }
  });
});

describe("what a list does not take", () => {
  it.each([{ limit: "0" }, { limit: "201" }, { limit: "-1" }, { limit: "1.5" }, { limit: "x" }, { sort: "rank" }, { sort: "" }, { kind: "c" }, { knd: "a" }, { cursor: "x".repeat(513) }])(
    "%o", (query) => expect(() => list.parameters.parse(query)).toThrow(z.ZodError),
  );

  it("is an order that could leave rows out", () => {
    expect(() => order("ascending", "x", things.id, things.rank)).toThrow(RangeError);
    expect(() => order("ascending", "x", things.note, things.id)).toThrow(RangeError);
    expect(() => order("ascending", "x")).toThrow(RangeError);
  });
});
