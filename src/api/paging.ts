import { z } from "@hono/zod-openapi";
import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from "../kernel/bytes.ts";
import type { Cursor, Page, PageQuery } from "../office/page.ts";
import { ProblemError } from "./problem.ts";

const MOST = 200;
const USUAL = 50;

/** What each list takes. */
export const PageParameters = z.object({
  limit: z.coerce.number().int().min(1).max(MOST).default(USUAL),
  cursor: z.string().max(512).optional().openapi({ description: "The `next` of the page before." }),
});

/** What each list answers. */
export const pageAnswer = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ items: z.array(item), next: z.string().nullable().openapi({ description: "The cursor of the next page; null after the last." }) });

/** Reads the page asked for. `shape` is the cursor's: a text that is none of ours is refused. */
export function readPage({ limit, cursor }: z.infer<typeof PageParameters>, shape: z.ZodType<Cursor>): PageQuery {
  return { limit, after: cursor === undefined ? null : readCursor(cursor, shape) };
}

/** Reads what `cursorText` wrote. */
export function readCursor<Value>(text: string, shape: z.ZodType<Value>): Value {
  try {
    return shape.parse(JSON.parse(fromUtf8(fromBase64Url(text))));
  } catch {
    throw new ProblemError("field-invalid", { detail: "cursor: is none of this list's" });
  }
}

const cursorText = (cursor: Cursor): string => toBase64Url(utf8(JSON.stringify(cursor)));

export const writePage = <Row, Item>({ rows, next }: Page<Row>, itemOf: (row: Row) => Item): { items: Item[]; next: string | null } => ({
  items: rows.map(itemOf),
  next: next && cursorText(next),
});
