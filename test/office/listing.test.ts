import { sql } from "drizzle-orm";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "@hono/zod-openapi";
import { fingerprintOf } from "../../src/api/idempotency.ts";
import { listing, writeList } from "../../src/api/listing.ts";
import { bothWays, pageOf, partOf } from "../../src/office/page.ts";
import { testOffice } from "../support/office.ts";

const test = testOffice();
const things = sqliteTable("things", { id: text().primaryKey(), rank: integer().notNull(), kind: text().notNull(), note: text() });

const declared = {
  filters: { kind: z.enum(["a", "b"]).optional() },
  orders: { ...bothWays("id", things.id), ...bothWays("rank", things.rank, things.id) },
  usual: "id",
} as const;
const list = listing({ name: "things", ...declared });

type Query = Record<string, string>;
const asked = (query: Query) => list.read(list.parameters.parse(query));

async function read(query: Query) {
  const question = asked(query);
  const { page, filters } = question;
  const { where, orderBy, limit } = partOf(page, filters.kind && sql`${things.kind} = ${filters.kind}`);
  const found = await test.office.primary.select().from(things).where(where).orderBy(...orderBy).limit(limit).all();
  return writeList(question, pageOf(found, page), ({ id }) => id);
}

beforeAll(async () => {
  await test.office.primary.run(sql`create table things (id text primary key not null, rank integer not null, kind text not null, note text)`);
});

const id = fc.string({ minLength: 1, maxLength: 4, unit: "grapheme" }).filter((text) => !text.includes("\0"));
const row = fc.record({ id, rank: fc.integer({ min: 0, max: 3 }), kind: fc.constantFrom("a", "b") });
const rows = fc.uniqueArray(row, { selector: (thing) => thing.id, maxLength: 12 });
const plan = fc.record({
  stay: rows, come: rows, go: rows, limit: fc.integer({ min: 1, max: 5 }), sort: fc.constantFrom("id", "-id", "rank", "-rank"),
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
        const sign = sort.startsWith("-") ? -1 : 1;
        const sorted = stay.toSorted((a, b) => sign * ((sort.endsWith("id") ? 0 : a.rank - b.rank) || byId(a, b)));
        const wanted = sorted.filter((thing) => kind === undefined || thing.kind === kind).map((thing) => thing.id);
        expect(seen.filter((one) => known.has(one))).toEqual(wanted);
      }),
      { numRuns: 60 },
    );
  });
});

it("a cursor is good for its own list alone, however alike another is", () => {
  const other = listing({ name: "others", ...declared });
  const cursor = writeList(asked({}), { rows: [], next: ["x"] }, () => null).next!;
  expect(asked({ cursor }).page.after).toEqual(["x"]);
  expect(() => other.read(other.parameters.parse({ cursor }))).toThrow("cursor-invalid");
});

describe("a cursor that somebody made up", () => {
  const question = { sort: "rank" };
  const { mark } = asked(question);
  /** With the digest that would fit. */
  const forged = (...place: unknown[]): string => {
    const check = fingerprintOf(mark, place).slice(0, 16);
    return Buffer.from(JSON.stringify([check, ...place])).toString("base64url");
  };

  it.each([
    [], [1], [1, "x", "y"], ["1", "x"], [1, 2], [null, "x"], [1, null], [[1], "x"], [{ $gt: 0 }, "x"], [true, "x"], [1, "\ud800"],
  ].map((place) => [place]))("is refused where it is no place in the order: %j", (place) => {
    expect(() => asked({ ...question, cursor: forged(...place) })).toThrow("cursor-invalid");
  });

  it.each([[-1, "x"], [1.5, "x"], [1e300, "x"], [Number.MAX_SAFE_INTEGER, "'; drop table things --"], [0, "\u202e%00"], [1, "\0"]].map((place) => [place]))(
    "leads nowhere else, and breaks nothing: %j", async (place) => {
      await test.office.primary.delete(things);
      expect(await read({ ...question, cursor: forged(...place) })).toEqual({ items: [], next: null });
    },
  );
});

it("an order that could leave rows out is none", () => {
  expect(() => bothWays("x", things.id, things.rank)).toThrow(RangeError);
  expect(() => bothWays("x", things.note, things.id)).toThrow(RangeError);
  expect(() => bothWays("x")).toThrow(RangeError);
});
