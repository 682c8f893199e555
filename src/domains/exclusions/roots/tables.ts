import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { bytes } from "../../../objects/columns.ts";
import type { RootState } from "./rpc.ts";

/** Each rotation of the root there was, and how far it is. Instants are UTC milliseconds. */
export const roots = sqliteTable("roots", {
  to: integer().primaryKey(),
  from: integer().notNull(),
  state: text().$type<RootState>().notNull(),
  /** The last pseudonym that the state's pages have passed; empty before the first. */
  cursor: bytes().notNull(),
  /** How many they have passed. */
  passed: integer().notNull().default(0),
  begunAt: integer().notNull(),
  overlappingAt: integer(),
  retiringAt: integer(),
  /** Since when everything is kept under the new root. */
  rekeyedAt: integer(),
  doneAt: integer(),
});

/** While a rotation is on: whom Register knows under the old root, and what the new one makes of it. Empty otherwise. */
export const advanced = sqliteTable(
  "advanced",
  {
    p: bytes().primaryKey(),
    next: bytes().notNull(),
  },
  (table) => [index("advanced_by_next").on(table.next)],
);
