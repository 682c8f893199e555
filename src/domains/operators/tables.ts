import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Kind } from "../../bst/kinds.ts";
import type { EpochRow, KeyRow, OperatorRow } from "../../check/directory.ts";
import { bytes } from "../../objects/columns.ts";

/** The operator directory within Register. */
export const operators = sqliteTable("operators", {
  id: text().primaryKey(),
  name: text().notNull(),
  state: text().$type<OperatorRow["state"]>().notNull(),
  requiredKinds: text({ mode: "json" }).$type<Kind[]>().notNull(),
  enrolledAt: integer().notNull(),
});

export const operatorKeys = sqliteTable("operatorKeys", {
  id: text().primaryKey(),
  hash: text().notNull().unique(),
  operator: text().notNull(),
  state: text().$type<KeyRow["state"]>().notNull(),
  /** The reply the key was handed out in, sealed by the caller: repeating the command answers it again. */
  sealedReply: bytes().notNull(),
  issuedAt: integer().notNull(),
  revokedAt: integer(),
});

export const operatorEpochs = sqliteTable(
  "operatorEpochs",
  {
    operator: text().notNull(),
    epoch: integer().notNull(),
    pairKeyId: text().notNull(),
    rootEpoch: integer().notNull(),
    state: text().$type<EpochRow["state"]>().notNull(),
    until: integer(),
  },
  (table) => [primaryKey({ columns: [table.operator, table.epoch] })],
);
