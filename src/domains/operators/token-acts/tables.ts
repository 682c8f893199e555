import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Actor } from "../../../kernel/actor.ts";
import { hexadecimal } from "../../../objects/columns.ts";
import type { ActOnToken, TokenReason } from "./model.ts";

/** What was done to single tokens. Of a token that nothing was done to there is no row, and none of who has it. */
export const tokenActs = sqliteTable(
  "tokenActs",
  {
    operator: text().notNull(),
    /** The pseudonym the token held, under the root of its epoch; a rotation of the root carries it on. */
    p: hexadecimal().notNull(),
    id: text().notNull(),
    at: integer().notNull(),
    act: text().$type<ActOnToken>().notNull(),
    epoch: integer().notNull(),
    generation: integer().notNull(),
    leastEpoch: integer().notNull(),
    leastGeneration: integer().notNull(),
    reason: text().$type<TokenReason>(),
    actor: text({ mode: "json" }).$type<Actor>(),
  },
  (table) => [
    primaryKey({ columns: [table.operator, table.p, table.id] }),
    index("tokenActs_by_pseudonym").on(table.p),
    index("tokenActs_by_time").on(table.at),
  ],
);
