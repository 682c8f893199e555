import { z } from "@hono/zod-openapi";
import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from "../kernel/bytes.ts";
import type { Cursor, Order, Page, PageQuery } from "../office/page.ts";
import { fingerprintOf } from "./idempotency.ts";
import { ProblemError } from "./problem.ts";

const MOST = 200;
const USUAL = 50;

interface Declaration<Filters extends z.ZodRawShape, Sort extends string> {
  /** What is listed: a cursor is good for its own list alone. */
  name: string;
  /** Query parameters that narrow the list, each optional. Of `from` and `to` the first is the earlier one. */
  filters: Filters;
  /** Every order on offer, by the value of `sort`. */
  orders: Record<Sort, Order>;
  usual: NoInfer<Sort>;
}

/** What a caller asked of a list. */
export interface Asked<Filters> {
  filters: Filters;
  page: PageQuery;
  /** Which list, order and filters: each cursor carries it. */
  mark: string;
}

/** What a list may answer about its parameters. */
export const LIST_PROBLEMS = ["field-invalid", "cursor-invalid"] as const;

/** A filter that is an instant, read as UTC milliseconds. */
export const instantFilter = (description: string) =>
  z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)).optional().openapi({ type: "string", format: "date-time", description });

const paging = {
  limit: z.coerce.number().int().min(1).max(MOST).default(USUAL),
  cursor: z.string().optional().openapi({ description: "The `next` of the page before, which was asked for with the same filters and order." }),
};

/**
 * Declares a list in one place: its parameters for the route, and what they ask for. Pages are read by where the one before
 * ended, so that rows which come or go meanwhile move no others: none comes twice, and none that stays is left out. A
 * parameter nobody declared is refused, for a filter that was mistyped would show everything.
 */
export function listing<Filters extends z.ZodRawShape, Sort extends string>({ name, filters, orders, usual }: Declaration<Filters, Sort>) {
  const sort = z.enum(Object.keys(orders) as Sort[]).default(usual as never).openapi({ description: "By which field; with a minus the last of its values first." });
  const parameters = z.strictObject({ ...paging, sort, ...filters }).refine(isForward, { path: ["to"], message: "must be after from" });
  type Chosen = z.output<z.ZodObject<Filters>>;

  return {
    parameters,
    /** `within`: what the path narrows the list to. Throws the problem `cursor-invalid`. */
    read(asked: z.output<typeof parameters>, ...within: string[]): Asked<Chosen> {
      const { limit, cursor, sort, ...chosen } = asked as { limit: number; cursor?: string; sort: Sort } & Chosen;
      const order = orders[sort];
      const mark = fingerprintOf(name, sort, chosen, within);
      return { filters: chosen as never, page: { order, limit, after: cursor === undefined ? null : placeAt(cursor, order, mark) }, mark };
    },
  };
}

function isForward(asked: object): boolean {
  const { from, to } = asked as { from?: number; to?: number };
  return from === undefined || to === undefined || from < to;
}

/** The answer's form: a page, each of whose items is of this form. */
export const pageAnswer = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ items: z.array(item), next: z.string().nullable().openapi({ description: "The cursor of the next page; null after the last." }) });

/** The answer to what was asked, each row as `itemOf` shows it. */
export const writeList = <Row, Item>({ mark }: Asked<unknown>, { rows, next }: Page<Row>, itemOf: (row: Row) => Item) => ({
  items: rows.map(itemOf),
  next: next && cursorAt(next, mark),
});

const CHECK_LENGTH = 16;

/** A place in a list as its caller is given it, with a digest of both: what was altered, or is another question's, is no cursor. */
const cursorAt = (place: Cursor, mark: string): string =>
  toBase64Url(utf8(JSON.stringify([fingerprintOf(mark, place).slice(0, CHECK_LENGTH), ...place])));

function placeAt(cursor: string, order: Order, mark: string): Cursor {
  const place = placeIn(cursor);
  if (place && fits(place, order) && cursorAt(place, mark) === cursor) return place;
  const detail = "is none of this list's with these filters and in this order; begin again without it";
  throw new ProblemError("cursor-invalid", { errors: [{ pointer: "/cursor", detail }] });
}

function placeIn(cursor: string): unknown[] | null {
  try {
    const read: unknown = JSON.parse(fromUtf8(fromBase64Url(cursor)));
    return Array.isArray(read) ? read.slice(1) : null;
  } catch {
    return null;
  }
}

/** The digest is no secret: somebody may have made up a place, of which the database must be able to be asked all the same. */
const fits = (place: unknown[], { columns }: Order): place is (string | number)[] =>
  place.length === columns.length && place.every((value, at) => typeof value === columns[at]!.dataType && String(value).isWellFormed());
