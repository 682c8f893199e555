import { z } from "@hono/zod-openapi";
import type { Cursor, Order, Page, PageQuery } from "../office/page.ts";
import { fingerprintOf } from "./idempotency.ts";
import { PageParameters, readCursor, writePage } from "./paging.ts";
import { ProblemError } from "./problem.ts";

interface Declaration<Filters extends z.ZodRawShape, Sort extends string> {
  /** What is listed: a cursor is good for its own list alone. */
  name: string;
  /** Query parameters that narrow the list, each optional. */
  filters: Filters;
  /** Every order on offer, by the value of `sort`. */
  orders: Record<Sort, Order>;
  usual: NoInfer<Sort>;
}

/** What a caller asked of a list. */
export interface Asked<Filters> {
  filters: Filters;
  order: Order;
  page: PageQuery;
  /** Which list, order and filters: each cursor carries it. */
  mark: string;
}

const MARK_LENGTH = 16;

/** What a place in an order is made of: text that the database can hold, and whole numbers. */
const Value = z.union([z.int(), z.string().refine((text) => text.isWellFormed() && !text.includes("\0"))]);

const fits = ({ columns }: Order, place: Cursor): boolean =>
  place.length === columns.length && columns.every(({ dataType }, at) => typeof place[at] === dataType);

/**
 * Declares a list in one place: its parameters for the route, what they ask for, and its answer's form. Pages are read by
 * where the one before ended, so that rows which come or go meanwhile move no others: none comes twice, and none that stays
 * is left out. A parameter nobody declared is refused, for a filter that was mistyped would show everything.
 */
export function listing<Filters extends z.ZodRawShape, Sort extends string>({ name, filters, orders, usual }: Declaration<Filters, Sort>) {
  const sorts = Object.keys(orders) as Sort[];
  const sort = z.enum(sorts).default(usual as never);
  const parameters = z.strictObject({ ...PageParameters.shape, sort, ...filters });
  type Parameters = z.infer<typeof PageParameters> & { sort: Sort } & z.output<z.ZodObject<Filters>>;

  return {
    parameters,
    /** `within`: what the path narrows the list to. */
    read(asked: z.output<typeof parameters>, ...within: string[]): Asked<z.output<z.ZodObject<Filters>>> {
      const { limit, cursor, sort, ...chosen } = asked as Parameters;
      const order = orders[sort];
      const mark = fingerprintOf(name, sort, chosen, within).slice(0, MARK_LENGTH);
      return { filters: chosen as never, order, page: { limit, after: cursor === undefined ? null : placeOf(cursor, order, mark) }, mark };
    },
  };
}

function placeOf(cursor: string, order: Order, mark: string): Cursor {
  const shape = z.tuple([z.string()], Value).refine(([madeFor, ...place]) => madeFor !== mark || fits(order, place));
  const [madeFor, ...place] = readCursor(cursor, shape);
  if (madeFor === mark) return place;
  throw new ProblemError("field-invalid", { detail: "cursor: was made with another list, order or filter; begin again without it" });
}

/** The answer to what was asked, each row as `itemOf` shows it. */
export const writeList = <Row, Item>({ mark }: Asked<unknown>, { rows, next }: Page<Row>, itemOf: (row: Row) => Item) =>
  writePage({ rows, next: next && [mark, ...next] }, itemOf);
