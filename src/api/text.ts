import { z } from "@hono/zod-openapi";

/** A line people wrote: not empty, and without what neither a database nor a page takes (control characters, halves of surrogate pairs). */
export const line = (max: number) =>
  z.string().trim().min(1).max(max).refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), "must be one line of text");
